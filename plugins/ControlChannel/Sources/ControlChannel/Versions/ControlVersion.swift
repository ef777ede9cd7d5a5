public import ModuleKit

/// A version of the control channel's protocol.
///
/// On a channel it is proposed and agreed as JSON: `{"protocol":"mesh-security","version":"1.0.0"}`.
public struct ControlVersion: Hashable, Sendable {
    /// The name of the protocol.
    public static let protocolName = "mesh-security"
    /// What the deployed CosmWasm contracts speak: the same packets, without the members that 1.0.0 added.
    public static let reference = ControlVersion(Version(0, 11, 0))
    /// The newest version of this build.
    public static let newest = ControlVersion(Version(1, 0, 0))

    /// Its three numbers.
    public let number: Version

    /// Wraps a version's three numbers.
    public init(_ number: Version) {
        self.number = number
    }

    /// Whether packets may have the members that the reference refuses: from 1.0.0 on.
    public var hasExtensions: Bool { number >= Version(1, 0, 0) }
}

extension ControlVersion: Comparable {
    /// By major, then minor, then patch.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension ControlVersion: CustomStringConvertible {
    /// `major.minor.patch`.
    public var description: String { number.description }
}
