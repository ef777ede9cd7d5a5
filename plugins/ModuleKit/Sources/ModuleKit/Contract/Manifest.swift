/// What a module says of itself before it is asked to do anything.
public struct Manifest: Sendable, Hashable {
    /// The module's name, unique in a module set: lower-case letters, digits and hyphens, such as `bank`.
    public let name: String
    /// The module's version; a stored instance names the one that it runs.
    public let version: Version
    /// The names of modules that have to stand before it in a module set, because it counts on their reactions.
    public let requires: [String]
    /// One sentence for people.
    public let summary: String
    /// Whether a chain has an instance of it from the start, under the module's name, when its genesis names no instances.
    ///
    /// Such a module works with the configuration `{}`. The others are deployed when they are needed, as often as they are.
    public let isStandard: Bool
    /// Whether the chain's instance of it is the chain's authority, unless the genesis names another: governance is.
    ///
    /// It also is the admin of all instances that a chain has without its genesis naming any.
    public let isAuthority: Bool
    /// Whether its first instance on a chain takes the fees of transactions, or vetoes them (`ChargesFees`): rewards does.
    public let takesFees: Bool

    /// Describes a module.
    public init(
        name: String,
        version: Version,
        requires: [String] = [],
        summary: String = "",
        isStandard: Bool = true,
        isAuthority: Bool = false,
        takesFees: Bool = false
    ) {
        self.name = name
        self.version = version
        self.requires = requires
        self.summary = summary
        self.isStandard = isStandard
        self.isAuthority = isAuthority
        self.takesFees = takesFees
    }
}

/// A semantic version of three numbers.
public struct Version: Sendable, Hashable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// Grows with incompatible changes.
    public let major: UInt32
    /// Grows with additions.
    public let minor: UInt32
    /// Grows with mends.
    public let patch: UInt32

    /// Names a version.
    public init(_ major: UInt32, _ minor: UInt32, _ patch: UInt32) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `major.minor.patch`.
    ///
    /// - Throws: `invalidArgument` for anything else.
    public init(_ text: String) throws(ModuleError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part == "0" || part.first != "0")
                ? UInt32(part) : nil
        }
        guard parts.count == 3, numbers.count == 3 else {
            throw ModuleError(.invalidArgument, "'\(text)' is not a version: write major.minor.patch, such as 1.0.0")
        }
        self.init(numbers[0], numbers[1], numbers[2])
    }

    /// A version written in source; text that is none reads as 0.0.0, which no registry accepts.
    public init(stringLiteral text: String) {
        self = (try? Version(text)) ?? Version(0, 0, 0)
    }

    /// `major.minor.patch`.
    public var description: String { "\(major).\(minor).\(patch)" }

    /// By major, then minor, then patch.
    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
