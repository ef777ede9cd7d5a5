/// Which pages of the data file are taken, so that none is taken twice and none is lost.
struct PageUse {
    private var words: [UInt64]
    /// How many pages there are, the two headers among them.
    let count: UInt64
    /// How many are taken.
    private(set) var takenCount: UInt64 = 0

    init(count: UInt64) {
        self.count = count
        words = [UInt64](repeating: 0, count: Int(clamping: count / 64 + 1))
    }

    /// Takes a page.
    ///
    /// - Returns: false when there is no such page, or it is taken already.
    mutating func take(_ page: UInt64) -> Bool {
        guard page >= 2, page < count else { return false }
        let (word, bit) = (Int(page / 64), UInt64(1) << (page % 64))
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        takenCount += 1
        return true
    }

    /// The first page that nobody took, or nil.
    var firstFree: UInt64? {
        (2..<max(count, 2)).first { words[Int($0 / 64)] & (1 << ($0 % 64)) == 0 }
    }
}
