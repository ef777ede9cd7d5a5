public import CometBFT

/// Two headers which a chain can't both have, each of which would have convinced a light client.
public struct Misbehaviour: Hashable, Sendable {
    /// What is wrong with the two.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Different headers of one height.
        case fork
        /// The higher header is not later than the lower one.
        case timeNotMonotonic
    }

    /// One of the two headers.
    public struct Side: Hashable, Sendable {
        /// The header.
        public let header: Header
        /// The whole block with its signatures, where the client has it: of its own older headers it keeps no more.
        public let block: LightBlock?

        /// A header of which the signatures are gone.
        init(_ header: Header) {
            self.header = header
            block = nil
        }

        /// A whole block.
        init(_ block: LightBlock) {
            header = block.signedHeader.header
            self.block = block
        }
    }

    /// What is wrong.
    public let kind: Kind
    /// The header that was trusted first, or that was named first.
    public let first: Side
    /// The header that contradicts it.
    public let second: Side

    init(kind: Kind, first: Side, second: Side) {
        self.kind = kind
        self.first = first
        self.second = second
    }

    /// What is wrong with two headers of one chain; nil if they may both be.
    static func kind(of first: Header, and second: Header) -> Kind? {
        if first.height == second.height { return first.hash == second.hash ? nil : .fork }
        let (lower, higher) = first.height < second.height ? (first, second) : (second, first)
        return lower.time < higher.time ? nil : .timeNotMonotonic
    }
}
