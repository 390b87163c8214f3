// The names of months in the configured languages, of the Gregorian, the Persian and the Islamic calendar.

enum Calendar: Sendable {
  case gregorian, jalali, hijri
}

enum MonthNames {
  struct Month: Sendable {
    var number: Int
    var calendar: Calendar
  }

  /// The month that a lower-case word names.
  static func month(_ word: String) -> Month? { table[word] }

  /// Twelve months a line; forms of one month are separated by `|`.
  private static let gregorian = [
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec",
    "января|январь|янв февраля|февраль|фев марта|март|мар апреля|апрель|апр мая|май июня|июнь|июн июля|июль|июл августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт ноября|ноябрь|ноя|нояб декабря|декабрь|дек",
    "січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|квіт травня|травень|трав червня|червень|черв липня|липень|лип серпня|серпень|серп вересня|вересень|вер жовтня|жовтень|жовт листопада|листопад|лист грудня|грудень|груд",
    "ocak|oca|ocak'ta şubat|şub mart nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki kasım|kas aralık|ara",
    "yanvar|yan fevral|fev mart aprel may iyun iyul avqust|avq sentyabr|sen oktyabr|okt noyabr dekabr|dek",
    "ژانویه|ژانویهٔ فوریه|فوریهٔ مارس آوریل|آپریل مه|می ژوئن|جون ژوئیه|جولای|ژوییه اوت|آگوست|اگست سپتامبر اکتبر نوامبر دسامبر",
    "հունվարի|հունվար փետրվարի|փետրվար մարտի|մարտ ապրիլի|ապրիլ մայիսի|մայիս հունիսի|հունիս հուլիսի|հուլիս օգոստոսի|օգոստոս սեպտեմբերի|սեպտեմբեր հոկտեմբերի|հոկտեմբեր նոյեմբերի|նոյեմբեր դեկտեմբերի|դեկտեմբեր",
    "يناير|كانون-الثاني فبراير|شباط مارس|آذار أبريل|ابريل|إبريل|نيسان مايو|أيار|ماي يونيو|حزيران|يونيه يوليو|تموز|يوليه أغسطس|اغسطس|آب سبتمبر|أيلول أكتوبر|اكتوبر|تشرين-الأول نوفمبر|تشرين-الثاني ديسمبر|كانون-الأول",
    "იანვარი|იანვარს|იანვრის თებერვალი|თებერვალს|თებერვლის მარტი|მარტს|მარტის აპრილი|აპრილს|აპრილის მაისი|მაისს|მაისის ივნისი|ივნისს|ივნისის ივლისი|ივლისს|ივლისის აგვისტო|აგვისტოს სექტემბერი|სექტემბერს|სექტემბრის ოქტომბერი|ოქტომბერს|ოქტომბრის ნოემბერი|ნოემბერს|ნოემბრის დეკემბერი|დეკემბერს|დეკემბრის",
    "januar|jänner februar|feber märz|mär april mai juni juli august september oktober november dezember|dez",
    "janvier|janv février|fevrier|févr mars avril|avr mai juin juillet|juil août|aout septembre octobre novembre décembre|decembre|déc",
  ]

  private static let jalali = [
    "فروردین اردیبهشت خرداد تیر مرداد|امرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand",
  ]

  private static let hijri = [
    "محرم صفر ربيع-الأول|ربیع-الاول|ربيع-الاول ربيع-الثاني|ربیع-الثانی|ربيع-الآخر جمادى-الأولى|جمادی-الاول|جمادى-الاولى جمادى-الآخرة|جمادی-الثانی|جمادى-الثانية رجب شعبان رمضان شوال|شوّال ذو-القعدة|ذی-القعده|ذي-القعدة ذو-الحجة|ذی-الحجه|ذي-الحجة",
    "muharram safar rabi-i rabi-ii jumada-i jumada-ii rajab sha'ban ramadan shawwal dhu-al-qidah dhu-al-hijjah",
  ]

  private static let table: [String: Month] = {
    var table: [String: Month] = [:]
    for (lists, calendar) in [(gregorian, Calendar.gregorian), (jalali, .jalali), (hijri, .hijri)] {
      for list in lists {
        for (index, forms) in list.split(separator: " ").enumerated() {
          for form in forms.split(separator: "|") {
            let name = String(form)
            if table[name] == nil { table[name] = Month(number: index + 1, calendar: calendar) }
          }
        }
      }
    }
    return table
  }()
}
