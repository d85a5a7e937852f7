# Take pages apart and put them together with po4a, all in one process.
#
#     perl po4a_pages.pl JOB FOLDER < list-of-pages
#
# JOB "memory": one pass that extracts every string and writes the page, as little as po4a can do.
# JOB "po": what po4a-gettextize and po4a-translate do: the page to a PO file, then page and PO file to a page. The
# target of every string is its source.
#
# For each page one line: done or failed, the page, the reason; separated by tabs.

use strict;
use warnings;

use Locale::Po4a::Chooser;
use Locale::Po4a::TransTractor;

my ( $job, $folder ) = @ARGV;
my @charsets = ( 'file_in_charset' => 'UTF-8', 'file_out_charset' => 'UTF-8' );

sub reader { return Locale::Po4a::Chooser::new( 'text', 'markdown' => 1 ); }

sub in_memory {
    my ( $page, $out ) = @_;
    reader()->process( @charsets, 'file_in_name' => [$page], 'file_out_name' => $out );
}

sub through_po {
    my ( $page, $out ) = @_;
    my $extracted = reader();
    $extracted->process( @charsets, 'file_in_name' => [$page] );
    my $catalog = $extracted->getpoout();
    for my $source ( keys %{ $catalog->{po} } ) {
        $catalog->{po}{$source}{'msgstr'} = $source;
    }
    $extracted->writepo("$folder/page.po");
    reader()->process(
        @charsets,
        'po_in_name'    => ["$folder/page.po"],
        'file_in_name'  => [$page],
        'file_out_name' => $out
    );
}

open( my $answers, '>&', \*STDOUT ) or die;    # po4a itself prints remarks to standard output
open( STDOUT, '>', '/dev/null' ) or die;
open( STDERR, '>', '/dev/null' ) or die;
select( ( select($answers), $| = 1 )[0] );

my $count = 0;
while ( my $page = <STDIN> ) {
    chomp $page;
    my $out = "$folder/" . $count++ . ".md";
    unlink "$folder/page.po";
    my $fine = eval { $job eq 'po' ? through_po( $page, $out ) : in_memory( $page, $out ); 1 };
    my $reason = $fine ? '' : ( $@ || 'no reason given' );
    $reason =~ s/\s+/ /g;
    print $answers join( "\t", $fine ? 'done' : 'failed', $page, $reason ), "\n";
}
