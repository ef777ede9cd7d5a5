/// The part of a numbered list that one answer tells.
struct Page {
    private static let standardLimit: UInt64 = 100
    private static let limitMax: UInt64 = 1000

    /// The numbers of this page.
    let range: Range<UInt64>
    /// Where the next page starts; nil after the last.
    let next: UInt64?

    /// - Parameters:
    ///   - start: the first number that is wanted.
    ///   - limit: how many are wanted at most; 0 for 100, and 1000 at most.
    ///   - count: how many there are; they are numbered from 0.
    init(from start: UInt64, limit: UInt32, of count: UInt64) {
        let limit = limit == 0 ? Self.standardLimit : min(UInt64(limit), Self.limitMax)
        let start = min(start, count)
        let end = count - start > limit ? start + limit : count
        range = start..<end
        next = end < count ? end : nil
    }
}
