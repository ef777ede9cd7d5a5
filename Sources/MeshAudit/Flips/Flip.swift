/// One bit of one file of a home, turned over.
public struct Flip: Sendable, Hashable, CustomStringConvertible {
    /// The file's name in the home.
    public let file: String
    /// The byte in the file.
    public let offset: UInt64
    /// The bit in the byte, 0 to 7, the least significant first.
    public let bit: UInt8

    /// Names a bit.
    public init(file: String, offset: UInt64, bit: UInt8) {
        self.file = file
        self.offset = offset
        self.bit = bit & 7
    }

    /// Such as `data.mdb 4096 3`: file, offset, bit. Also what the parent says to the child.
    public var description: String {
        "\(file) \(offset) \(bit)"
    }

    /// Reads ``description``. Anything else is nil.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, let offset = UInt64(parts[1]), let bit = UInt8(parts[2]), bit < 8 else { return nil }
        guard !parts[0].isEmpty, !parts[0].contains("/") else { return nil }
        self.init(file: String(parts[0]), offset: offset, bit: bit)
    }
}

/// What became of a flip.
public enum FlipOutcome: String, Sendable, Hashable, CaseIterable {
    /// Storage refuses to open the home.
    case refusedAtOpen = "refused-at-open"
    /// ``Verification`` found it.
    case foundByVerify = "found-by-verify"
    /// ``Replay`` found it.
    case foundByReplay = "found-by-replay"
    /// The process that looked died: LMDB trusts its pages.
    case childDied = "child-died"
    /// The process that looked did not come to an end in time.
    case childHung = "child-hung"
    /// Nothing of what the home holds has changed: the bit lies where nobody looks.
    case harmless
    /// What the home holds has changed, and nobody noticed. Must never be.
    case silent
}

/// A flip and what became of it.
public struct FlipResult: Sendable, Hashable, CustomStringConvertible {
    /// The bit.
    public let flip: Flip
    /// What became of it.
    public let outcome: FlipOutcome
    /// The first finding, or how the child ended.
    public let detail: String

    /// Describes a result.
    public init(flip: Flip, outcome: FlipOutcome, detail: String) {
        self.flip = flip
        self.outcome = outcome
        self.detail = detail
    }

    /// One line.
    public var description: String {
        "\(flip): \(outcome.rawValue)\(detail.isEmpty ? "" : ": \(detail)")"
    }
}

/// A small seeded generator (SplitMix64, Steele, Lea and Flood 2014), so that a campaign can be repeated.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
