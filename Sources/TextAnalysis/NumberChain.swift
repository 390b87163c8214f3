// Digits with full stops and commas between them: "43.3" and "1,000" are one word, "05.09.2023" is three.

/// What was decided on the chain of digit groups that the scanner stands in.
struct NumberChain {
  /// Separators before this offset join.
  var joinEnd = 0
  /// Where the separator stands that is a decimal point; the others only group thousands.
  var decimal = -1
}

extension WordScanner {
  /// Whether the separator at an offset joins the digits around it; decides for the whole chain at its first separator.
  mutating func joinsDigits(at offset: Int, _ length: Int, _ firstGroup: Int) -> Bool {
    if offset < number.joinEnd { return true }
    guard offset >= splitEnd, isSeparator(offset), kind(at: offset + length) == .digit else { return false }

    var count = 0
    var allThree = true
    var allButLastThree = true
    var lastGroup = 0
    var groupsAlike = true
    var lastDiffers = false
    var lastOffset = offset
    let first = text.decode(offset).scalar
    var end = offset
    while end < text.count, isSeparator(end) {
      let (separator, length) = text.decode(end)
      var next = end + length
      guard kind(at: next) == .digit else { break }
      if lastDiffers { groupsAlike = false }
      if count > 0, lastGroup != 3 { allButLastThree = false }
      lastDiffers = separator != first
      lastOffset = end
      lastGroup = 0
      while kind(at: next) == .digit {
        next += text.decode(next).length
        lastGroup += 1
      }
      if lastGroup != 3 { allThree = false }
      count += 1
      end = next
    }

    let groups = (1...3).contains(firstGroup)
    let isPoint = first == 0x2E || first == 0x66B
    var decimal = -1
    var joins = false
    if count == 1 {
      if isPoint {
        (joins, decimal) = (true, offset)
      } else if groups, lastGroup == 3, !(firstGroup == 1 && isZero(scalars.last)) {
        joins = true
      } else if first == 0x2C, firstGroup < 4 || lastGroup < 3 {
        (joins, decimal) = (true, offset)
      }
    } else if groups, groupsAlike {
      if !lastDiffers {
        joins = allThree
      } else if allButLastThree {
        (joins, decimal) = (true, lastOffset)
      }
    }
    if joins {
      number = NumberChain(joinEnd: end, decimal: decimal)
    } else {
      splitEnd = end
    }
    return joins
  }

  private func isZero(_ digit: UInt32?) -> Bool {
    guard let digit else { return false }
    return digit == 0x30 || tables.fold(digit)?.first == 0x30
  }

  /// Full stop, comma, the Arabic ones, and the apostrophe of Swiss thousands.
  private func isSeparator(_ offset: Int) -> Bool {
    switch text.decode(offset).scalar {
    case 0x2E, 0x2C, 0x66B, 0x66C, 0x27, 0x2019: true
    default: false
    }
  }
}
