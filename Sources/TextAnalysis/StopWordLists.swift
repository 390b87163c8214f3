// Stop words by language, as people write them. English leaves out "us", which is a country more often than a pronoun here.

enum StopWordLists {
  static let all: [(code: String, words: StaticString)] = [
    ("en", english), ("ru", russian), ("uk", ukrainian), ("tr", turkish), ("az", azerbaijani), ("fa", persian), ("ar", arabic),
    ("hy", armenian), ("ka", georgian), ("he", hebrew), ("de", german), ("fr", french), ("es", spanish), ("it", italian),
    ("el", greek), ("pt", portuguese), ("nl", dutch), ("ku", kurdish),
  ]

  private static let english: StaticString = """
    a about above after again against all also am an and any are aren't as at be because been before being below between both
    but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each either ever every few for from
    further had hadn't has hasn't have haven't having he her here hers herself him himself his how however i if in into is isn't
    it its itself just me might more most must mustn't my myself neither no nor not of off on once only onto or other ought our
    ours ourselves out over own per same shall shan't she should shouldn't since so some such than that the their theirs them
    themselves then there these they this those though through thus to too under until unto up upon very via was wasn't we were
    weren't what when where whether which while who whom whose why will with within without won't would wouldn't yet you your
    yours yourself yourselves
    """

  private static let russian: StaticString = """
    а без более больше будет будто бы был была были было быть в вам вас ведь весь во вот все всего всей всем всех всю вся вы где
    да даже для до его ее ей ему если есть еще ж же за здесь и из или им ими их к как какая какой когда которая которого которое
    которой котором которому которую которые который которым которых кто куда ли либо между меня мне мной много может можно мой
    моя мы на над надо нам нами нас наш не него нее ней нем нет нею ни нибудь никогда ним ними них ничего но ну о об однако он
    она они оно от очень перед по под после потом потому почти при про раз с сам свое своего своей свои своих свой свою себе
    себя сейчас со собой так также такая такие таких такого такое такой там те тебе тебя тем теперь то тоже того той только том
    тому тот ту тут ты у уж уже хоть хотя чего чей чем через что чтобы чья эта эти этим этих это этого этой этом этому этот эту
    я
    """

  private static let ukrainian: StaticString = """
    а або але б без би був буде бути була були було в вам вас вже ви від він вона вони воно все всі всіх втім де для до є ж же за
    з зі і із її їй їм їх й його йому коли кого котрий крім ледве лише між мене мені ми мій моя може можна на над нам нас наш не
    неї немає ним них ні ніж але ну о об однак отже от під після по поки при про проте саме свого своє своєї свої своїх свій себе
    собі та так також такий там те тих ти тим то тобто того той тоді тому тут у хоч хоча хто це цей ці цього цьому ця цієї чи чим
    що щоб щодо як яка яке який якими яких якої якому якщо які я
    """

  private static let turkish: StaticString = """
    acaba ama ancak artık aslında az bana bazı belki ben beni benim beri bile bir biri birkaç birçok biz bize bizi bizim bu buna
    bunda bundan bunlar bunu bunun burada böyle böylece çok çünkü da daha dahi de defa değil diğer diye dolayı en fakat gibi göre
    hala hangi hani hem henüz hep hepsi her herhangi herkes hiç hiçbir için ile ilgili ise işte kadar karşın kendi kendine kez ki
    kim kimse mi mu mü mı nasıl ne neden nedenle nerede niçin niye o olan olarak oldu olduğu olduğunu olması olmak olsa olup ona
    ondan onlar onların onu onun orada oysa öyle pek rağmen sadece sana sanki sen seni senin siz size sizin sonra şayet şekilde
    şey şimdi şu şuna şunu tarafından tüm üzere var ve veya ya yani yer yine yok yoksa zaten
    """

  private static let azerbaijani: StaticString = """
    ancaq amma artıq az bax belə belədir bəlkə bəzi bəzən bir biri biz bizə bizim bizi bu buna bundan bunlar bunu bunun burada
    çox çünki çünkü da daha də dək deyil digər edən edir edib elə ən əgər əsasən əvvəl gərək görə hansı həm həmin həmçinin hələ hər
    hərçənd heç haqqında idi ilə ilk indi isə kim kimi ki lakin mən mənə mənim məhz nə nəyə necə niyə o olan olaraq olar olduğu
    olduğunu oldu olub olunur olur olmaq ona ondan onlar onların onları onu onun onsuz öz özü ötrü qədər qarşı sadəcə sən sənin siz
    sizin sonra şey tərəfindən təkcə tək üçün üzrə və var vasitəsilə ya yalnız yox yəni yenə
    """

  private static let persian: StaticString = """
    و در به از که این آن را با است برای تا بر یک هم نیز اما یا اگر هر همه هیچ چه چون چرا چگونه کجا کدام کسی ما من تو او شما آنها
    آنان ایشان اینکه آنکه بود بودند باشد باشند بوده شد شده شود می‌شود شدند شده‌است خواهد خواهند داشت دارد دارند داشته کرد کرده کند
    کنند می‌کند می‌کنند کردند هست هستند نیست نیستند نه پس پیش بین باید شاید تنها فقط حتی بلکه ولی البته همچنین همین همان چنین چند
    دیگر دیگری خود خویش روی زیر بالای پیش‌از بعد سپس مگر نمی می های ها ای تر ترین بی زیرا درباره توسط طی ضمن جز بدون سوی یعنی گفت
    است‌که اینها وی
    """

  private static let arabic: StaticString = """
    في من على إلى عن مع هذا هذه ذلك تلك هؤلاء أولئك الذي التي الذين اللذين اللتين اللواتي ما ماذا من متى أين كيف كم لماذا هل أن إن
    أنه أنها إنه إنها لأن لكن ولكن بل أو أم و ف ثم حتى إذا إذ لو لولا لم لن لا ليس ليست كان كانت كانوا يكون تكون كن قد لقد سوف كل
    بعض غير سوى بين بعد قبل عند عندما حين حيث خلال منذ ضد تحت فوق أمام وراء دون بدون نحو حول هو هي هم هن هما أنا نحن أنت أنتم به
    بها بهم له لها لهم لنا فيه فيها فيهم منه منها منهم عليه عليها عليهم إليه إليها عنه عنها كما مما بما فيما ومن وفي وما وهو وهي
    وقد وأن وكان وكانت وهذا وهذه وذلك والذي والتي أي أيضا إلا فقط جدا نفس كذلك هنا هناك
    """

  private static let armenian: StaticString = """
    և ու կամ բայց իսկ որ որը որոնք որի որից որով որպես թե եթե երբ երբեմն ինչ ինչպես ինչու որտեղ ով ես դու նա մենք դուք նրանք իմ քո
    նրա մեր ձեր նրանց իր իրեն իրենց այս այդ այն սա դա դրա սրա այստեղ այնտեղ այսպես այդպես այնպես է են եմ ես ենք եք էր էին եմ էի
    էինք լինել լինի եղել եղավ չէ չեն չի մեջ վրա տակ մոտ հետ համար մասին միջև ըստ դեպի առանց մինչ մինչև հետո առաջ պատճառով միայն
    նաև էլ այլ ամեն բոլոր մի մեկ շատ քիչ ավելի արդեն դեռ հիմա միշտ նույն պետք կա կան ոչ այո կողմից ընդ սակայն որովհետև քանի
    """

  private static let georgian: StaticString = """
    და ან თუ რომ რომელიც რომელმაც რომლის რომელსაც რომლებიც რომ რა რას რატომ როგორ როდის როცა სად ვინ ვის მე შენ ის იგი ჩვენ თქვენ
    ისინი მას მათ მისი მათი ჩემი შენი ჩვენი თქვენი ეს ამ იმ ესენი აქ იქ ასე ისე ასეთი ისეთი არის არიან იყო იყვნენ იქნება იყოს არა
    არ ვერ აღარ კი მაგრამ ხოლო თუმცა რადგან ვინაიდან მხოლოდ ასევე აგრეთვე კიდევ უკვე ჯერ სხვა ყველა ყოველი თავისი თავის თავად
    შესახებ მიერ შორის შემდეგ მანამდე გამო გარდა თანახმად მიმართ მათ შორის ერთი ერთ ძალიან უფრო ყველაზე აქვს ჰქონდა უნდა შეიძლება
    """

  private static let hebrew: StaticString = """
    של את על אל עם לא כי הוא היא הם הן אני אתה אנחנו אתם זה זאת זו אלה אלו אשר ש או אך אבל גם רק כל כבר עוד יותר מאוד בין אם אז כך
    כמו כן יש אין היה הייתה היו יהיה תהיה להיות מה מי מתי איפה איך למה מדוע כאשר לאחר אחרי לפני תחת ללא בלי עד אצל כדי בגלל לפי
    נגד מול שלו שלה שלהם שלי שלנו אותו אותה אותם בו בה בהם לו לה להם לי לנו ממנו ממנה אליו עליו עליה זהו כלומר לכן אולם אף שם כאן
    פה איזה כמה אחד אחת ידי ועל ואת והוא והיא לכל בכל מכל שהוא שהיא
    """

  private static let german: StaticString = """
    aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim bin bis bist da
    damit dann das dass dasselbe dazu dein deine dem den denn der deren des dessen desto die dies diese diesem diesen dieser dieses
    doch dort du durch ein eine einem einen einer eines einig einige er es etwas euch euer für gegen gewesen hab habe haben hat
    hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes
    jedoch jene jenem jener jetzt kann kein keine keinem keinen keiner können könnte machen man manche mehr mein meine mich mir mit
    muss musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit selbst sich sie sind so sogar
    solche soll sollte sondern sonst sowie über um und uns unser unter viel vom von vor während war waren warum was weg weil weiter
    welche welchem welcher welches wenn wer werde werden wie wieder will wir wird wo wollen worden wurde wurden zu zum zur zwar
    zwischen
    """

  private static let french: StaticString = """
    à afin ai ainsi alors après as au aucun aucune aussi autre autres aux avaient avait avant avec avoir c ce ceci cela celle celles
    celui ces cet cette ceux chaque chez comme comment d dans de déjà depuis des dès donc dont du elle elles en encore entre es est
    et étaient était étant été être eu eux fait faut fut furent h il ils j je jusqu l la là laquelle le lequel les lesquels leur
    leurs lors lorsqu lui m ma mais même mêmes mes moi mon n ne ni non nos notre nous on ont ou où par parce pas pendant peu peut
    plus plusieurs pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera serait ses si son sont sous
    sur t ta tandis te tes toi ton tous tout toute toutes très tu un une vers voici voilà vos votre vous y
    """

  private static let spanish: StaticString = """
    a al algo algunas algunos ante antes aquel aquella aquellos así aún aunque cada casi como con contra cual cuales cuando cuya
    cuyo de del desde donde dos durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está están estas
    este esto estos fue fueron ha había habían han hasta hay la las le les lo los luego más me mediante mi mientras mis mucho muy
    nada ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco por porque pues que qué quien quienes se sea
    según ser si sí sido siendo sin sino sobre son su sus también tan tanto te tiene tienen toda todas todavía todo todos tras tu tus
    u un una unas uno unos y ya yo
    """

  private static let italian: StaticString = """
    a ad agli ai al alla alle allo all anche ancora aveva avevano avere c che chi ci cioè coi col come con contro cui d da dagli dai
    dal dall dalla dalle dallo degli dei del dell della delle dello dentro di dopo dove dunque e è ed era erano essere fino fra fu
    furono già gli ha hanno i il in infatti invece io l la le lei li lo loro lui ma me mentre mi mia mio molto ne né negli nei nel
    nell nella nelle nello no noi non nostra nostro o oltre ogni ora per perché però più poi presso prima propri proprio quale quali
    quando quanto quella quelle quelli quello questa queste questi questo qui quindi sarà se sé secondo senza si sia siano sono sotto
    sta stata state stati stato su sua sue sugli sui sul sull sulla sulle suo suoi tra tutte tutti tutto un una uno verso vi voi
    """

  private static let greek: StaticString = """
    ο η το οι τα του της των τον την τους τις και ή να θα με σε στο στη στην στον στους στις στα για από ως προς κατά μετά παρά αντί
    χωρίς μέχρι που πως πώς ποιος ποια ποιο ό,τι όταν όπως αν εάν ενώ αλλά όμως ούτε είτε δεν μη μην είναι ήταν έχει έχουν είχε είχαν
    αυτός αυτή αυτό αυτοί αυτές αυτά αυτού αυτής αυτών εγώ εσύ εμείς εσείς μου σου μας σας τόσο όσο πολύ πιο ένα ένας μία μια ενός
    μιας όλα όλοι όλες κάθε κάποιος άλλος άλλη άλλο εκεί εδώ ότι γιατί επίσης
    """

  private static let portuguese: StaticString = """
    a ao aos aquela aquele aqueles as às até com como contra da das de dela dele deles depois do dos e é ela elas ele eles em entre
    era eram essa esse esta está estão este eu foi foram há isso isto já lhe lhes mais mas me mesmo meu minha muito na não nas nem no
    nos nós num numa o os ou para pela pelas pelo pelos por porque qual quando que quem se sem ser seu seus só sobre sua suas também
    te tem têm tinha tinham um uma você vocês
    """

  private static let dutch: StaticString = """
    aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een en er ge geen geweest haar had heb
    hebben heeft hem het hier hij hoe hun ik in is ja je kan kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu
    of om omdat onder ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat werd wezen wie wil worden
    wordt zal ze zelf zich zij zijn zo zonder zou
    """

  private static let kurdish: StaticString = """
    û di de da ji bo li ku ev ew wê wî min te me we ez tu em hûn bi bê jî an na ne her hemû yek lê belê çi kî kengî kuda çawa ye ya yê
    yên in bû bûn dibe heye hene nîne وە و لە بە بۆ لەگەڵ کە ئەم ئەو ئێمە ئێوە ئەوان من تۆ هەر هەموو بەڵام یان نە چی کێ کەی چۆن
    """
}
