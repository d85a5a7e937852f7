"""The grammar of each language: terms in the sentences in which translators write them, and words that are others.

KEPT: the term stands in the sentence, in whatever form. BROKEN: it does not. FORBIDDEN: (allowed, forbidden, sentence)
where the forbidden form is found; ALLOWED: where it must not be, though the letters are there.
"""

import pytest

from polyhelp.glossary.match import TermBase
from polyhelp.model import Concept, Locale, TermTarget

SOURCE = "We send the refund."

KEPT = {
    "de": [
        ("Erstattung", "Die Erstattungen erhalten Sie innerhalb von 14 Tagen."),
        ("Erstattung", "Wegen der Erstattung melden wir uns."),
        ("Erstattung", "Der Erstattungsbetrag steht in der E-Mail."),
        ("Erstattung", "Eine Teilerstattung ist möglich."),
        ("Rückgabefrist", "Nach Ablauf der Rückgabefristen geht es nicht mehr."),
        ("Bestellnummer", "Geben Sie Ihre Bestellnummern ein."),
        ("Bestellnummer", "Die Nummer Ihrer Bestellung steht oben."),
        ("Gutschein", "Mit Gutscheinen bezahlen"),
        ("Gutschein", "den Wert Ihres Gutscheins"),
        ("Gutschein", "Tippen Sie den Gutschein-Code ein."),
        ("Paket", "Ihre Pakete sind unterwegs."),
        ("Versandkosten", "Die Versand- und Rücksendekosten tragen wir."),
        ("Konto", "in Ihrem Kundenkonto"),
        ("Konto", "Öffnen Sie die Konten."),
        ("stornieren", "Sie haben die Bestellung storniert."),
        ("stornieren", "Vor dem Versand stornierte Bestellungen"),
        ("umtauschen", "Tauschen Sie die Schuhe kostenlos um."),
        ("umtauschen", "um die Schuhe umzutauschen"),
        ("umtauschen", "Die Schuhe wurden umgetauscht."),
        ("zurücksenden", "Wenn Sie den Artikel zurücksenden möchten"),
        ("zurücksenden", "Senden Sie uns die Schuhe im Originalkarton zurück."),
        ("Größe", "in allen Größen"),
        ("Öffnungszeiten", "unsere Öffnungszeiten zu Weihnachten"),
        ("gesetzliche Gewährleistung", "im Rahmen der gesetzlichen Gewährleistung"),
    ],
    "sv": [
        ("återbetalning", "Återbetalningen görs inom 14 dagar."),
        ("återbetalning", "Dina återbetalningar syns här."),
        ("återbetalning", "återbetalningarnas datum"),
        ("återbetalning", "Återbetalningsbeloppet står i mejlet."),
        ("order", "Dina ordrar visas under Mitt konto."),
        ("order", "Orderns status"),
        ("ordernummer", "Ange ditt ordernummer."),
        ("ordernummer", "Ordernumren står i mejlen."),
        ("presentkort", "Presentkortet gäller i tre år."),
        ("presentkort", "presentkortens saldo"),
        ("presentkort", "ett presentkortssaldo"),
        ("paket", "Paketet är på väg."),
        ("paket", "Alla paketen har kommit."),
        ("kund", "Kunderna betalar ingen frakt."),
        ("kund", "i kundtjänstens öppettider"),
        ("leverans", "Leveranserna sker på vardagar."),
        ("leverans", "Välj leveranssätt i kassan."),
        ("returetikett", "Fäst returetiketten på paketet."),
        ("ångerrätt", "Ångerrätten gäller i 14 dagar."),
        ("byta", "Du kan byta varan mot en annan storlek."),
        ("byta", "Har du bytt adress?"),
        ("betala", "Du betalade med kort."),
        ("storlek", "Alla storlekarna finns kvar."),
        ("öppet köp", "Vi har öppet köp i 30 dagar."),
    ],
    "fr": [
        ("remboursement", "Vos remboursements arrivent sous 14 jours."),
        ("remboursement", "Le délai du remboursement"),
        ("remboursement", "Nous procédons au remboursement."),
        ("remboursement", "L’état d’un remboursement"),
        ("commande", "Vos commandes en cours"),
        ("numéro de commande", "Indiquez le numéro de la commande."),
        ("numéro de commande", "les numéros de vos commandes"),
        ("étiquette de retour", "Imprimez l’étiquette de retour."),
        ("étiquette de retour", "Les étiquettes de retour sont gratuites."),
        ("carte cadeau", "Vos cartes cadeaux sont valables deux ans."),
        ("carte cadeau", "le solde de la carte-cadeau"),
        ("frais de livraison", "les frais de port et de livraison"),
        ("frais de livraison", "Les frais de la livraison sont offerts."),
        ("colis", "Votre colis est arrivé."),
        ("délai de rétractation", "avant la fin du délai légal de rétractation"),
        ("échange", "Les échanges sont gratuits."),
        ("adresse de livraison", "Modifiez l'adresse de livraison."),
        ("annuler", "Vous annulez la commande avant l’envoi."),
        ("annuler", "La commande a été annulée."),
        ("annuler", "en annulant votre commande"),
        ("renvoyer", "Renvoyez-nous l’article."),
        ("payer", "Vous avez payé par carte."),
        ("cheval", "des chevaux"),
        ("article", "L’article n’est plus disponible."),
        ("moyen de paiement", "les moyens de paiement acceptés"),
    ],
    "ja": [
        ("返金", "返金は14日以内に行われます。"),
        ("返金", "返金額をご確認ください。"),
        ("返金", "ご返金いたしました。"),
        ("返品する", "商品を返品したい場合"),
        ("返品する", "返品された商品"),
        ("払い戻す", "代金を払い戻しました。"),
        ("払い戻す", "払い戻される金額"),
        ("注文番号", "「注文番号」を入力してください。"),
        ("ギフトカード", "ギフトカードの残高"),
        ("ギフトカード", "ギフト カードで支払う"),
        ("ギフトカード", "ギフト・カードを使う"),
        ("配送料", "配送料は無料です。"),
        ("返送ラベル", "返送ラベルを印刷します。"),
        ("アカウント", "アカウントにログインする"),
        ("ユーザー", "ユーザの皆さま"),
        ("コンピューター", "コンピュータで開く"),
        ("メールアドレス", "メール アドレスを変更する"),
        ("交換", "サイズを交換できます。"),
        ("お届け先", "お届け先を変更するには"),
        ("クーポン", "クーポンコード"),
        ("PDF", "ＰＤＦを保存します。"),
        ("キャンセルする", "注文をキャンセルできます。"),
        ("会員登録", "会員登録をお済ませください。"),
        ("ログイン", "ログインしてください。"),
    ],
    "th": [
        ("การคืนเงิน", "การคืนเงินใช้เวลา 14 วัน"),
        ("การคืนเงิน", "เราจะดำเนินการคืนเงินให้คุณ"),
        ("คืนเงิน", "เราจะคืนเงินให้คุณภายใน 14 วัน"),
        ("คืนเงิน", "คำขอคืนเงินของคุณ"),
        ("หมายเลขคำสั่งซื้อ", "กรอกหมายเลขคำสั่งซื้อของคุณ"),
        ("หมายเลขคำสั่งซื้อ", "หมายเลข คำสั่งซื้อ"),
        ("บัตรของขวัญ", "ยอดคงเหลือในบัตรของขวัญ"),
        ("บัตรของขวัญ", "ใช้ บัตรของขวัญ ชำระเงิน"),
        ("พัสดุ", "พัสดุของคุณกำลังเดินทาง"),
        ("พัสดุ", "ติดตามพัสดุทั้งหมด"),
        ("ค่าจัดส่ง", "ไม่มีค่าจัดส่ง"),
        ("ใบเสร็จ", "ดาวน์โหลดใบเสร็จรับเงิน"),
        ("บัญชี", "เข้าสู่ระบบบัญชีของคุณ"),
        ("รหัสผ่าน", "ตั้งรหัสผ่านใหม่"),
        ("ที่อยู่จัดส่ง", "เปลี่ยนที่อยู่จัดส่งได้ก่อนส่งของ"),
        ("ส่งคืน", "สินค้าที่ส่งคืนแล้ว"),
        ("เปลี่ยนสินค้า", "ขอเปลี่ยนสินค้าเป็นไซซ์อื่น"),
        ("ยกเลิก", "คุณยกเลิกคำสั่งซื้อได้"),
        ("คูปอง", "โค้ดคูปอง"),
        ("การรับประกัน", "อายุการรับประกัน 2 ปี"),
        ("น้ำหนัก", "น้ําหนักของพัสดุ"),
        ("คำสั่งซื้อ", "คําสั่งซื้อของคุณ"),
        ("เบอร์โทรศัพท์", "กรอกเบอร์โทรศัพท์"),
        ("สมาชิก", "สำหรับสมาชิกเท่านั้น"),
    ],
    "zh-TW": [
        ("退款", "退款將於 14 天內完成。"),
        ("退款", "我們會把款項退給您，退款金額如下。"),
        ("訂單編號", "請輸入訂單編號。"),
        ("訂單編號", "「訂單 編號」在信件上方。"),
        ("禮物卡", "禮物卡餘額"),
        ("禮物卡", "使用**禮物卡**付款"),
        ("運費", "免運費"),
        ("運費", "運費由我們負擔。"),
        ("退貨標籤", "列印退貨標籤並貼在包裹上。"),
        ("包裹", "您的包裹已寄出。"),
        ("帳號", "登入您的帳號"),
        ("密碼", "重設密碼"),
        ("換貨", "您可以免費換貨。"),
        ("客服中心", "請聯絡客服中心。"),
        ("電子郵件", "我們會寄電子郵件給您。"),
        ("折扣碼", "在結帳時輸入折扣碼"),
        ("收件地址", "修改收件地址"),
        ("取消", "您可以取消訂單。"),
        ("鑑賞期", "七天鑑賞期內"),
        ("保固", "保固期為兩年。"),
        ("發票", "下載電子發票"),
        ("會員", "會員專屬優惠"),
        ("VIP會員", "ＶＩＰ會員"),
        ("尺寸", "選擇尺寸"),
    ],
    "zh-CN": [
        ("退款", "退款将在 14 天内完成。"),
        ("退款", "退款金额如下。"),
        ("订单号", "请输入订单号。"),
        ("订单号", "您的“订单号”在邮件上方。"),
        ("礼品卡", "礼品卡余额"),
        ("礼品卡", "使用**礼品卡**付款"),
        ("运费", "免运费"),
        ("运费", "运费由我们承担。"),
        ("退货标签", "打印退货标签并贴在包裹上。"),
        ("包裹", "您的包裹已寄出。"),
        ("账户", "登录您的账户"),
        ("密码", "重置密码"),
        ("换货", "您可以免费换货。"),
        ("客服", "请联系客服。"),
        ("电子邮件", "我们会给您发送电子邮件。"),
        ("优惠码", "结算时输入优惠码"),
        ("收货地址", "修改收货地址"),
        ("取消", "您可以取消订单。"),
        ("无理由退货", "七天无理由退货"),
        ("保修", "保修期为两年。"),
        ("发票", "下载电子发票"),
        ("会员", "会员专享优惠"),
        ("SIM卡", "ＳＩＭ 卡"),
        ("尺码", "选择尺码"),
    ],
    "pt-BR": [
        ("devolução", "As devoluções são gratuitas."),
        ("devolução", "o prazo da devolução"),
        ("reembolso", "Seus reembolsos chegam em 14 dias."),
        ("pedido", "Os pedidos feitos até as 14h"),
        ("número do pedido", "Informe o número do seu pedido."),
        ("número do pedido", "os números dos pedidos"),
        ("cartão-presente", "Use o cartão-presente no site."),
        ("cartão-presente", "Os cartões-presente não vencem."),
        ("cartão-presente", "o saldo dos cartões presente"),
        ("etiqueta de devolução", "Imprima as etiquetas de devolução."),
        ("etiqueta de devolução", "a etiqueta para devolução"),
        ("frete", "O frete é grátis."),
        ("encomenda", "Suas encomendas estão a caminho."),
        ("endereço de entrega", "Altere o endereço da entrega."),
        ("endereço de entrega", "os endereços de cobrança e de entrega"),
        ("cancelar", "Você cancelou o pedido."),
        ("cancelar", "O pedido foi cancelado."),
        ("cancelar", "cancelando a compra"),
        ("devolver", "Ao devolver o produto"),
        ("devolver", "Você devolveu os produtos."),
        ("enviar", "Vamos enviá-lo amanhã."),
        ("animal", "produtos para animais"),
        ("opção", "as opções de pagamento"),
        ("nota fiscal", "as notas fiscais dos pedidos"),
    ],
    "ar": [
        ("استرداد", "سيتم الاسترداد خلال 14 يومًا."),
        ("استرداد", "لاسترداد المبلغ"),
        ("استرداد", "طلبت استردادًا للمبلغ."),
        ("طلب", "تفاصيل الطلب"),
        ("طلب", "عرض طلباتك"),
        ("طلب", "وطلبك في الطريق."),
        ("رقم الطلب", "أدخل رقم طلبك."),
        ("رقم الطلب", "أرقام الطلبات"),
        ("بطاقة هدايا", "رصيد بطاقة الهدايا"),
        ("بطاقة هدايا", "بطاقات الهدايا"),
        ("ملصق الإرجاع", "اطبع ملصق الإرجاع."),
        ("ملصق الإرجاع", "وملصق إرجاعك"),
        ("طرد", "الطرود التي وصلت"),
        ("فاتورة", "الفاتورة"),
        ("فاتورة", "تنزيل فاتورتك"),
        ("فاتورة", "الفواتير السابقة"),
        ("عنوان", "العناوين المحفوظة"),
        ("شحن", "بالشحن المجاني"),
        ("حساب", "من حسابك"),
        ("حساب", "في حسابكم"),
        ("ضمان", "بالضمان"),
        ("كلمة المرور", "كلمة مرورك"),
        ("إلغاء", "لإلغاء الطلب"),
        ("دفع", "طرق الدفع"),
        ("منتج", "المنتجات التي اشتريتها"),
    ],
}

BROKEN = {
    "de": [
        ("Erstattung", "Sie bekommen den Betrag wieder."),
        ("Bestellnummer", "Ihre Kundennummer"),
        ("Gutschein", "Ihre Gutschrift"),
        ("Rückgabefrist", "die Lieferfrist"),
        ("umtauschen", "Sie können die Schuhe tauschen."),
        ("stornieren", "Sie können die Bestellung abbrechen."),
    ],
    "sv": [
        ("återbetalning", "Du får tillbaka beloppet."),
        ("ordernummer", "Ditt kundnummer"),
        ("presentkort", "ett kreditkort"),
        ("returetikett", "en adresslapp"),
        ("leverans", "Vi skickar varan."),
        ("ångerrätt", "Du har rätt att ångra dig."),
    ],
    "fr": [
        ("remboursement", "Nous vous rendons le montant."),
        ("numéro de commande", "votre numéro de client"),
        ("étiquette de retour", "le bordereau d’envoi"),
        ("carte cadeau", "votre carte bancaire"),
        ("frais de livraison", "les coûts d’envoi"),
        ("colis", "Votre paquet est arrivé."),
        ("annuler", "Vous changez la commande."),
    ],
    "ja": [
        ("返金", "お金をお戻しします。"),
        ("返品する", "商品を送り返す"),
        ("注文番号", "お客様番号"),
        ("ギフトカード", "クレジットカード"),
        ("配送料", "送料は無料です。"),
        ("アカウント", "口座を開く"),
    ],
    "th": [
        ("การคืนเงิน", "เราจะโอนเงินกลับให้คุณ"),
        ("หมายเลขคำสั่งซื้อ", "หมายเลขสมาชิก"),
        ("บัตรของขวัญ", "บัตรเครดิต"),
        ("พัสดุ", "กล่องของคุณ"),
        ("ค่าจัดส่ง", "ค่าขนส่งฟรี"),
        ("รหัสผ่าน", "รหัสลับ"),
    ],
    "zh-TW": [
        ("退款", "我們會把錢還給您。"),
        ("訂單編號", "會員編號"),
        ("禮物卡", "信用卡"),
        ("運費", "送貨費用"),
        ("帳號", "账户"),
        ("退貨標籤", "寄件標籤"),
    ],
    "zh-CN": [
        ("退款", "我们会把钱还给您。"),
        ("订单号", "会员号"),
        ("礼品卡", "信用卡"),
        ("运费", "送货费用"),
        ("账户", "帳號"),
        ("退货标签", "寄件标签"),
    ],
    "pt-BR": [
        ("reembolso", "Devolvemos o valor."),
        ("número do pedido", "o número do cliente"),
        ("cartão-presente", "seu cartão de crédito"),
        ("etiqueta de devolução", "a etiqueta de envio"),
        ("frete", "A entrega é grátis."),
        ("cancelar", "Você mudou o pedido."),
    ],
    "ar": [
        ("استرداد", "سنعيد إليك المال."),
        ("رقم الطلب", "رقم العميل"),
        ("بطاقة هدايا", "بطاقة ائتمان"),
        ("ملصق الإرجاع", "عنوان المستودع"),
        ("طرد", "الصندوق وصل"),
        ("فاتورة", "الإيصال"),
        ("ضمان", "الكفالة"),
    ],
}

FORBIDDEN = {
    "de": [
        ("Erstattung", "Refundierung", "Wir veranlassen die Refundierungen und Erstattungen."),
        ("Gutschein", "Voucher", "Ihr Voucher (Gutschein)"),
        ("Paket", "Päckchen", "mit Ihren Päckchen und Paketen"),
    ],
    "sv": [
        ("återbetalning", "refundering", "Refunderingar och återbetalningar"),
        ("presentkort", "gåvokort", "Gåvokortet är ett presentkort."),
        ("paket", "kolli", "kollin och paket"),
    ],
    "fr": [
        ("colis", "paquet", "vos paquets et colis"),
        ("carte cadeau", "bon cadeau", "les bons cadeaux et cartes cadeaux"),
        ("courriel", "email", "un email ou un courriel"),
    ],
    "ja": [
        ("返金", "キャッシュバック", "キャッシュバックと返金"),
        ("メール", "Ｅメール", "Eメールとメール"),
        ("お客様", "顧客", "顧客とお客様"),
    ],
    "th": [
        ("พัสดุ", "แพ็กเกจ", "แพ็กเกจหรือพัสดุ"),
        ("คูปอง", "เวาเชอร์", "เวาเชอร์และคูปอง"),
        ("อีเมล", "อีเมล์", "อีเมล์ของคุณ อีเมล"),
    ],
    "zh-TW": [
        ("退款", "退錢", "退錢和退款"),
        ("電子郵件", "電郵", "電郵與電子郵件"),
        ("網路", "網絡", "網絡及網路"),
    ],
    "zh-CN": [
        ("退款", "退錢", "退錢和退款"),
        ("电子邮件", "电邮", "电邮与电子邮件"),
        ("网络", "网路", "网路及网络"),
    ],
    "pt-BR": [
        ("reembolso", "ressarcimento", "Os ressarcimentos e reembolsos"),
        ("pedido", "encomenda", "suas encomendas e pedidos"),
        ("celular", "telemóvel", "o telemóvel ou celular"),
    ],
    "ar": [
        ("استرداد", "تعويض", "بالتعويض أو الاسترداد"),
        ("فاتورة", "وصل", "الوصل أو الفاتورة"),
        ("طلب", "أوردر", "الأوردر هو الطلب"),
    ],
}

ALLOWED = {
    "de": [
        ("Gutschein", "Schein", "Gutscheine sind keine Gutschriften."),
        ("Bestellung", "Stellung", "Ihre Bestellungen"),
        ("Konto", "Kontor", "Ihr Konto"),
    ],
    "sv": [("presentkort", "kort", "Presentkortet är här."), ("returrätt", "retur", "din returrätt")],
    "fr": [("carte cadeau", "carte", "la carte cadeau"), ("commande", "commandement", "vos commandes")],
    "ja": [("ギフトカード", "カード", "ギフトカードのみ"), ("返品送料", "送料", "返品送料")],
    "th": [("บัตรของขวัญ", "บัตร", "บัตรของขวัญ"), ("การคืนเงิน", "คืนเงิน", "การคืนเงิน")],
    "zh-TW": [("退款金額", "退款", "退款金額"), ("電子郵件", "郵件", "電子郵件")],
    "zh-CN": [("退款金额", "退款", "退款金额"), ("电子邮件", "邮件", "电子邮件")],
    "pt-BR": [("cartão-presente", "presente", "Os cartões-presente"), ("frete", "fretado", "o frete")],
    "ar": [("استرداد", "رد", "الاسترداد"), ("بطاقة هدايا", "بطاقة", "بطاقة هدايا")],
}


def rows(table):
    return [(tag, *row) for tag, table_rows in table.items() for row in table_rows]


def broken(tag, target, allowed, forbidden=()):
    locale = Locale(tag)
    terms = TermBase([Concept(id="x", source="refund", targets={locale: TermTarget(allowed, forbidden=forbidden)})])
    return [one.forbidden or "missing" for one in terms.violations(SOURCE, target, locale)]


@pytest.mark.parametrize(("tag", "allowed", "target"), rows(KEPT))
def test_the_grammar_of_the_language_is_no_violation(tag, allowed, target):
    assert broken(tag, target, allowed) == []


@pytest.mark.parametrize(("tag", "allowed", "target"), rows(BROKEN))
def test_another_word_of_the_language_is_a_violation(tag, allowed, target):
    assert broken(tag, target, allowed) == ["missing"]


@pytest.mark.parametrize(("tag", "allowed", "forbidden", "target"), rows(FORBIDDEN))
def test_a_forbidden_word_is_found_in_its_forms(tag, allowed, forbidden, target):
    assert broken(tag, target, allowed, (forbidden,)) == [forbidden]


@pytest.mark.parametrize(("tag", "allowed", "forbidden", "target"), rows(ALLOWED))
def test_letters_of_a_forbidden_word_inside_another_do_not_count(tag, allowed, forbidden, target):
    assert broken(tag, target, allowed, (forbidden,)) == []


def test_every_language_of_the_demo_has_its_sentences():
    for tag in ("sv", "de", "fr", "ja", "th", "zh-TW", "zh-CN", "pt-BR", "ar"):
        assert sum(len(table[tag]) for table in (KEPT, BROKEN, FORBIDDEN, ALLOWED)) >= 25
