/// Long lists, of which instances tell a page at a time.
public enum Pages {
    /// Puts a whole list together.
    ///
    /// - Parameters:
    ///   - first: where the list starts.
    ///   - limit: how many entries are wanted at most: no page is read beyond them.
    ///   - page: the entries from a place on; and where the next page starts, nil where none follows.
    /// - Complexity: O(entries), in time and in memory.
    public static func all<Place, Entry, Failure: Error>(
        from first: Place,
        limit: Int = .max,
        _ page: (_ start: Place) throws(Failure) -> (entries: [Entry], next: Place?)
    ) throws(Failure) -> [Entry] {
        var (all, next): ([Entry], Place?) = ([], first)
        while let start = next {
            let (entries, following) = try page(start)
            all += entries
            next = all.count < limit ? following : nil
        }
        return Array(all.prefix(limit))
    }

    /// Puts a whole list together that goes by names.
    ///
    /// - Parameters:
    ///   - limit: how many entries are wanted at most: no page is read beyond them.
    ///   - page: the entries from a name on, "" for the first; and where the next page starts, "" where none follows.
    /// - Complexity: O(entries), in time and in memory.
    public static func all<Entry, Failure: Error>(
        limit: Int = .max,
        _ page: (_ start: String) throws(Failure) -> (entries: [Entry], next: String)
    ) throws(Failure) -> [Entry] {
        try all(from: "", limit: limit) { (start) throws(Failure) in
            let (entries, next) = try page(start)
            return (entries, next.isEmpty ? nil : next)
        }
    }
}
