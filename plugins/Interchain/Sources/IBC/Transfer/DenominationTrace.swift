import CometBFT

/// Which way a token came (ICS-20): the ends of channels through which it entered chains, and what it is at home.
///
/// The path is `port/channel/…/base`, the last hop first. One value has one path and one path one value: a base is
/// refused of which a beginning would be read as a hop.
public struct DenominationTrace: Hashable, Sendable, CustomStringConvertible {
    /// The longest path, in bytes.
    public static let maximumByteCount = 2048
    /// What stands before the hash of a voucher's path.
    public static let voucherPrefix = "ibc/"

    /// The ends through which the token entered a chain, the last one first. Empty for a token at home.
    public let hops: [ChannelEndID]
    /// The denomination on the chain where the token is at home. It may have slashes in it.
    public let base: String

    /// Reads a path.
    ///
    /// As long as a pair of parts ends with `channel-{number}` and more follows, it is a hop; the rest is the base. So
    /// a base may have slashes in it, and hops of chains that name channels otherwise become part of it, which changes
    /// neither path nor voucher. Source: ibc-go, `ExtractDenomFromPath` (v1 channels).
    ///
    /// - Throws: `invalidDenomination` when nothing is left for the base, for a port that is none, for a path above 2048
    ///   bytes, or one with blanks or characters outside of ASCII.
    public init(path: String) throws(IBCError) {
        guard path.utf8.count <= Self.maximumByteCount else {
            throw IBCError(
                .invalidDenomination,
                "a denomination with its path has at most \(Self.maximumByteCount) bytes, not \(path.utf8.count)"
            )
        }
        // Beyond ASCII, whether two denominations are equal would depend on a version of Unicode.
        guard path.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw IBCError(
                .invalidDenomination,
                "the denomination \(quoted(path)) has blanks, or characters outside of ASCII; it can't be taken here"
            )
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        var hops: [ChannelEndID] = []
        var index = 0
        while parts.count > 2, index + 1 < parts.count, let channel = Self.channel(parts[index + 1]) {
            let port = try checking("in the denomination \(quoted(path))") { () throws(IBCError) in
                try Self.port(parts[index])
            }
            hops.append(ChannelEndID(port: port, channel: channel))
            index += 2
        }
        let base = parts[index...].joined(separator: "/")
        guard !base.isEmpty else {
            throw IBCError(
                .invalidDenomination,
                "the denomination \(quoted(path)) has nothing behind its channels; name the token"
            )
        }
        self.init(checked: hops, base: base)
    }

    private init(checked hops: [ChannelEndID], base: String) {
        self.hops = hops
        self.base = base
    }

    /// Puts a way and a base together.
    ///
    /// - Throws: As above, and `invalidDenomination` when the path would be read in another way.
    public init(hops: [ChannelEndID], base: String) throws(IBCError) {
        let path = Self.path(hops: hops, base: base)
        try self.init(path: path)
        guard self.hops == hops else {
            throw IBCError(
                .invalidDenomination,
                "\(quoted(path)) would be read with \(self.hops.count) hops, not \(hops.count); name channels as "
                    + "channel-{number}, and no base like a channel"
            )
        }
    }

    /// The path: what a packet calls the token.
    public var path: String { Self.path(hops: hops, base: base) }

    /// Whether the token is at home here.
    public var isNative: Bool { hops.isEmpty }

    /// What the bank calls the token: the base where it is at home, else `ibc/` and the SHA-256 of the path in
    /// upper-case hexadecimal digits.
    public var denomination: String {
        isNative ? base : Self.voucherPrefix + Hash32(hashing: Array(path.utf8)).description
    }

    /// The path.
    public var description: String { path }

    /// Whether the token last came through an end.
    public func cameThrough(_ end: ChannelEndID) -> Bool {
        hops.first == end
    }

    /// What the token is after it has entered through an end.
    ///
    /// - Throws: `invalidDenomination` when the path becomes too long, or would be read in another way.
    public func entering(_ end: ChannelEndID) throws(IBCError) -> DenominationTrace {
        try DenominationTrace(hops: [end] + hops, base: base)
    }

    /// What the token is once it has gone back through the end by which it came; itself where it is at home.
    public func goneBack() -> DenominationTrace {
        // The rest of a path is read as it was: two parts alone that look like a hop would have left no base.
        DenominationTrace(checked: Array(hops.dropFirst()), base: base)
    }

    private static func path(hops: [ChannelEndID], base: String) -> String {
        hops.map { "\($0)/" }.joined() + base
    }

    private static func channel(_ part: Substring) -> ChannelID? {
        guard let channel = try? ChannelID(String(part)), channel.number != nil else { return nil }
        return channel
    }

    private static func port(_ part: Substring) throws(IBCError) -> PortID {
        do throws(IBCError) {
            return try PortID(String(part))
        } catch {
            throw IBCError(.invalidDenomination, error.message, cause: error)
        }
    }
}
