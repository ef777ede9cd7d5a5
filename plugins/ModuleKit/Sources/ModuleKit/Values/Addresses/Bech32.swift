/// A Bech32 text in parts: its prefix and its data in groups of five bits (BIP-173).
///
/// Reading is strict: one case only, a correct checksum, a length within the limit. Bech32m, which has another checksum
/// constant, is never taken for Bech32.
public struct Bech32: Hashable, Sendable {
    /// The human-readable part, in lower case.
    public let prefix: String

    /// The data without the checksum; each element is below 32.
    public let groups: [UInt8]

    /// The largest length of BIP-173, up to which the checksum finds any four wrong characters.
    public static let standardLengthLimit = 90

    /// The largest length that the Cosmos SDK reads and writes.
    public static let cosmosLengthLimit = 1023

    /// Reads a text.
    ///
    /// - Parameter lengthLimit: the largest number of characters.
    /// - Throws: `invalidBech32`.
    public init(_ text: String, lengthLimit: Int = standardLengthLimit) throws(ModuleError) {
        let layout = try Bech32Coding.check(text, lengthLimit: lengthLimit)
        self.prefix = layout.prefix(of: text)
        self.groups = text.utf8.dropFirst(layout.dataStart).prefix(layout.dataCount).map(Bech32Coding.value(of:))
    }

    /// Puts a text together from groups of five bits.
    ///
    /// - Throws: `invalidBech32` when the prefix can't be used or a group is above 31.
    public init(prefix: String, groups: [UInt8]) throws(ModuleError) {
        try Bech32Coding.checkPrefix(prefix)
        guard groups.allSatisfy({ $0 < 32 }) else {
            throw Bech32Coding.failure("a group of five bits is above 31; regroup the bytes first")
        }
        self.prefix = prefix
        self.groups = groups
    }

    /// Puts a text together from bytes, which are regrouped and padded with zero bits.
    ///
    /// - Throws: `invalidBech32` when the prefix can't be used.
    public init(prefix: String, bytes: [UInt8]) throws(ModuleError) {
        var regrouping = Regrouping(from: 8, to: 5)
        var groups: [UInt8] = []
        groups.reserveCapacity((bytes.count * 8 + 4) / 5)
        for byte in bytes { regrouping.push(byte) { groups.append($0) } }
        regrouping.flush { groups.append($0) }
        try self.init(prefix: prefix, groups: groups)
    }

    /// The data as bytes.
    ///
    /// - Throws: `invalidBech32` when the padding is longer than 4 bits or not zero.
    public func bytes() throws(ModuleError) -> [UInt8] {
        var regrouping = Regrouping(from: 5, to: 8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(groups.count * 5 / 8)
        for group in groups { regrouping.push(group) { bytes.append($0) } }
        guard regrouping.hasZeroPadding else { throw Bech32Coding.paddingFailure }
        return bytes
    }

    /// The whole text, in lower case.
    ///
    /// - Throws: `invalidBech32` when it is longer than the limit.
    public func text(lengthLimit: Int = standardLengthLimit) throws(ModuleError) -> String {
        let length = prefix.utf8.count + 1 + groups.count + Bech32Coding.checksumCount
        guard length <= lengthLimit else {
            throw Bech32Coding.failure("the text has \(length) characters; at most \(lengthLimit) are allowed")
        }
        return Bech32Coding.text(prefix: prefix, groupCount: groups.count) { writer in
            for group in groups { writer.append(group: group) }
        }
    }
}

/// Regroups a stream of bits.
struct Regrouping {
    private let from: Int
    private let to: Int
    private var pending: UInt32 = 0
    private var pendingCount = 0

    /// Group sizes in bits, 1 to 8 each.
    init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }

    @inline(__always)
    mutating func push(_ group: UInt8, _ emit: (UInt8) -> Void) {
        // Fewer than eight bits are pending, so sixteen are never exceeded.
        pending = pending << from | UInt32(group)
        pendingCount += from
        while pendingCount >= to {
            pendingCount -= to
            emit(UInt8(truncatingIfNeeded: pending >> pendingCount))
            pending &= 1 << pendingCount - 1
        }
    }

    /// Emits the pending bits, filled up with zeros from below.
    @inline(__always)
    func flush(_ emit: (UInt8) -> Void) {
        if pendingCount > 0 { emit(UInt8(truncatingIfNeeded: pending << (to - pendingCount))) }
    }

    /// Whether what is left can only be padding: less than an incoming group, and zero.
    var hasZeroPadding: Bool { pendingCount < from && pending == 0 }
}
