"""Correct sentences by locale, in the formal address where the language has one (but informal in Spanish, Italian).

Most hold something that looks like a mistake: "die die", "Sie sie", a name in another script, an abbreviation with its
case, a joiner that its script needs.
"""

SENTENCES = {
    "de": """\
Wählen Sie die Karte, die die richtige Nummer hat.
Dort können Sie sie öffnen.
Das ist der Ort, in dem dem Kunden geholfen wird.
Ihr Paket ist da; ihr Inhalt ist unbeschädigt.
Er fragt sie, ob sie ihre Bestellung erhalten hat.
Die Crêpes du jour stehen nicht auf der Rechnung.
Auf dem Schild steht: „Nimm dir, was du brauchst.“
Das Wort «du» steht im Text, und "dein" auch.
Senden Sie uns eine E-Mail, z. B. mit einem Foto.
Melden Sie sich an.
Prüfen Sie die Größe in der FAQ.
Wo der der Bestellung beigelegte Beleg ist, steht oben.
Sie sehen 5 µm, 10 kΩ und 3 × 4 cm.
Query-Parameter und Pfad-Parameter sind verschieden.
Der Vor- und Nachname muss stimmen.
Nutzen Sie die Vorteile, die das das ganze Jahr geltende Angebot bietet.""",
    "sv": """\
Välj det du vill byta.
Det är den den stora lappen hör till.
Du får dina pengar inom fem dagar.
Vi vet att att välja storlek är svårt.
Öppna appen och tryck på Beställningar.
Skicka in en bild på varan.
Kontakta oss så hjälper vi dig.
Ni kan dela på ett presentkort.""",
    "nl": """\
De mensen die die kaart hebben, krijgen korting.
U kunt uw bestelling van 9 u tot 17 u afhalen.
Controleer uw e-mailadres.
Wij sturen u een bericht.
Wat u u had voorgesteld, is er niet.
Jean-Michel Jarre staat op de lijst.""",
    "fr": """\
Vous vous connectez à votre compte.
Nous nous occupons de votre retour.
Est-ce ce modèle que vous cherchez ?
Prenez rendez-vous en ligne.
Le ton de ce message est important.
Y a-t-il une erreur dans votre commande ?
Sur l’étiquette, il est écrit : « Prends ce que tu veux. »
Le message “tu as gagné” est un faux.
Consultez la page TVA et l’onglet TI.
Votre commande part aujourd’hui.
Qu’est-ce qui vous attend ?
Le TU de la plateforme est en panne.
Choisissez une taille, puis validez.
C’est là que vous vous trompez.""",
    "es": """\
Sí, puedes cambiar tu pedido.
Si su paquete no llega, díselo a la tienda.
El equipo de TI te responde.
No, no hay gastos de envío.
Elige la talla que quieras.
Te enviamos un correo.
Haz clic en tu cuenta.
Dice «Abra usted aquí».""",
    "it": """\
Piano piano, il pacco arriva.
Controlla via via lo stato del tuo ordine.
Lei ha scelto la sua taglia, e tu la tua.
La sua scatola è vuota.
Scegli la misura e conferma.
La selezione è pronta.""",
    "pt-BR": """\
Você pode trocar o seu pedido.
A equipe de TI responde em um dia.
O pedido foi enviado para o seu endereço.
Selecione o tamanho e confirme.
Não, não há taxa de envio.
O senhor Silva assina as cartas.""",
    "ru": """\
Вы можете вернуть товар.
Выберите размер и нажмите «Готово».
Скачайте файл в PDF и отправьте нам.
Откройте PDFы, которые мы прислали.
В письме написано: «Ты выиграл приз». Не верьте этому.
HTTP-запрос и IP-адрес записываются в журнал.
Лишь одна пара ботинок осталась.
Мы вернём деньги на вашу карту Visa.
Сопротивление составляет 10 кОм.
Ваш заказ едет к вам.""",
    "uk": """\
Ви можете повернути товар.
Виберіть розмір і натисніть «Готово».
Ваше замовлення вже їде до вас.
Завантажте файл у форматі PDF.""",
    "ja": """\
ご注文の商品を発送しました。
サイズを選び、「確定する」を押してください。
お客様のものは、ものの数分で届きます。
ただし、返品はできません。
まだです。
返金には5日かかります（祝日を除く。）。
「すぐに届けたい。」というご要望にお応えします。
詳しくは、こちらをご覧ください。
ありがとうございました。
配送についてのよくある質問。
売り切れの場合もございます。
紙ににじむことはありません。
次の場合：サイズの間違い、色の違い。
佐々木様へ発送いたしました。
返品と交換、修理について。""",
    "zh-TW": """\
您可以在台灣的門市吃到點心，群組成員也可以。
請輸入您的帳號，只要一分鐘。
皇后與公里都是正確的字。
卡片占了最高峰的位置，這是秘密。
「你好」是我們的招呼語。
請在迷你購物車點選結帳。
我們會在三天後寄出。
松樹與麵包、乾淨與干涉。
您的包裹裡有一張卡片。
系統會自動更新。""",
    "zh-CN": """\
您可以在后天里收到包裹。
您好，请输入您的账户。
请在迷你购物车里结账。
我们会在三天后寄出。
“你好”是我们的问候语。
松树和面包，干净和干涉。
着急的话，请联系我们。
您的包裹里有一张卡片。""",
    "ko": """\
주문하신 상품을 보내 드립니다.
파트너는 너무 바쁩니다.
크기를 고르고 확인을 눌러 주세요.
바다 너머로 배송됩니다.
배송이 궁금하세요?
환불에는 5일이 걸려요.""",
    "th": """\
คุณเปลี่ยนคำสั่งซื้อได้เท่านั้น
สินค้าต่าง ๆ จะถึงภายใน 5 วัน
เลือก\u200bขนาด\u200bแล้ว\u200bแตะ\u200bยืนยัน
เราจะคืนเงินเข้าบัตรของคุณ
คะแนนของคุณจะเพิ่มขึ้น
โปรดตรวจสอบที่อยู่ของคุณ
ที่ที่คุณอยู่เราจัดส่งให้
น้ำหนักไม่เกิน 2 กก.
ติดต่อเราได้ทุกวัน
เข้าสู่ระบบก่อนสั่งซื้อ""",
    "ar": """\
يمكنك إرجاع المنتج خلال 30 يومًا.
اختر المقاس ثم اضغط على «تأكيد».
رقم طلبك هو \u2068KP-204518\u2069.
السعر 20\u200f ريالًا.
وصلت رسالة من \u200eSizeMate\u200e إليك.
المنتج موجود في المخزن.
سنعيد المبلغ إلى بطاقتك.
العنوان صحيح، والطلب في الطريق.
هل تريد المساعدة؟
تواصل معنا كل يوم.""",
    "fa": """\
می\u200cتوانید سفارش خود را تغییر دهید.
کتاب\u200cها ارسال شدند.""",
    "hi": """\
आप अपना ऑर्डर बदल सकते हैं।
धीरे धीरे पैकेज आता है।
क्\u200dष भी सही है।""",
    "tr": """\
Yavaş yavaş geliyor.
Siparişinizi değiştirebilirsiniz.""",
    "en": """\
He had had the parcel before that.
Family 👨\u200d👩\u200d👧 and flag 🏳️\u200d🌈 are one sign each.""",
    "el": """\
Επιλέξτε το μέγεθος και πατήστε OK.
Η αντίσταση είναι 10 kΩ και το μήκος 5 μm.""",
}
INFORMAL = frozenset({"sv", "es", "it"})


def cases():
    """(locale tag, sentence) of all."""
    return [(tag, sentence) for tag, text in SENTENCES.items() for sentence in text.split("\n")]
