/// Many byte strings in one buffer: the records of a block, its inputs.
///
/// Appending copies the bytes once and allocates nothing per string. Reading copies nothing.
public struct ByteArena: Sendable, Equatable {
    private var bytes: [UInt8] = []
    // `ends[i]` is where string `i` ends and string `i + 1` begins.
    private var ends: [Int] = []

    /// An empty arena.
    public init() {}

    /// An empty arena with room.
    public init(reservingCount count: Int, byteCount: Int) {
        ends.reserveCapacity(count)
        bytes.reserveCapacity(byteCount)
    }

    /// An arena of the strings of a sequence.
    public init(_ strings: some Sequence<[UInt8]>) {
        for string in strings {
            append(string)
        }
    }

    /// How many strings there are.
    public var count: Int { ends.count }

    /// How many bytes they have together.
    public var byteCount: Int { bytes.count }

    /// Whether there is no string.
    public var isEmpty: Bool { ends.isEmpty }

    /// The positions of the strings.
    public var indices: Range<Int> { 0..<ends.count }

    /// A copy of a string. `index` must be in ``indices``.
    public subscript(index: Int) -> [UInt8] {
        Array(bytes[range(at: index)])
    }

    /// Adds a string.
    public mutating func append(_ string: [UInt8]) {
        bytes.append(contentsOf: string)
        ends.append(bytes.count)
    }

    /// Adds a string.
    public mutating func append(_ string: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: string)
        ends.append(bytes.count)
    }

    /// Adds a string.
    public mutating func append(_ string: RawSpan) {
        string.withUnsafeBytes { append($0) }
    }

    /// Adds the strings of another arena.
    public mutating func append(contentsOf other: ByteArena) {
        let base = bytes.count
        bytes.append(contentsOf: other.bytes)
        ends.reserveCapacity(ends.count + other.ends.count)
        for end in other.ends {
            ends.append(base + end)
        }
    }

    /// Drops the strings from position `count` on: what a failed transaction has left. More than there are is nothing.
    public mutating func truncate(toCount count: Int) {
        guard count >= 0, count < ends.count else { return }
        bytes.removeSubrange(start(at: count)...)
        ends.removeSubrange(count...)
    }

    /// Drops all strings and keeps the room.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// How long a string is, in bytes. `index` must be in ``indices``.
    public func byteCount(at index: Int) -> Int {
        ends[index] - start(at: index)
    }

    /// Adds a string to other bytes. `index` must be in ``indices``.
    func append(at index: Int, to other: inout [UInt8]) {
        other.append(contentsOf: bytes[range(at: index)])
    }

    /// Hands a string to `body`, in place. `index` must be in ``indices``.
    public func withBytes<Value, Failure: Error>(
        at index: Int,
        _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(bytes.span.extracting(range(at: index)).bytes)
    }

    /// Hands a string to `body`, in place. `index` must be in ``indices``.
    public func withUnsafeBytes<Value, Failure: Error>(
        at index: Int,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let range = range(at: index)
        return try bytes.span.withUnsafeBytes { (all) throws(Failure) in
            try body(UnsafeRawBufferPointer(rebasing: all[range]))
        }
    }

    /// Hands every string to `body`, in order and in place.
    public func forEach<Failure: Error>(_ body: (Int, RawSpan) throws(Failure) -> Void) throws(Failure) {
        for index in indices {
            try body(index, bytes.span.extracting(range(at: index)).bytes)
        }
    }

    /// Hands over the whole buffer and the ends of the strings in it, for loops that must not pay per string.
    func withUnsafeStorage<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer, UnsafeBufferPointer<Int>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try bytes.span.withUnsafeBytes { (all) throws(Failure) in
            try ends.span.withUnsafeBufferPointer { (ends) throws(Failure) in
                try body(all, ends)
            }
        }
    }

    private func start(at index: Int) -> Int {
        index == 0 ? 0 : ends[index - 1]
    }

    private func range(at index: Int) -> Range<Int> {
        start(at: index)..<ends[index]
    }
}
