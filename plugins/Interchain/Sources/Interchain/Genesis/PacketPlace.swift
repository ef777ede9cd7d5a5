import IBC
import InterchainEvents
import ModuleKit

/// One packet of one end of a channel.
struct PacketPlace: Hashable {
    /// The end on this chain.
    let end: ChannelEndID
    /// The packet's sequence.
    let sequence: UInt64
}

extension PacketPlace {
    /// Reads a stored path: `commitments/ports/{port}/channels/{channel}/sequences/{sequence}`, and its like.
    ///
    /// - Throws: `undecodable` for any other path.
    init(_ path: StorePath) throws(ModuleError) {
        let parts = path.parts
        guard parts.count == 7, let sequence = UInt64(parts[6]) else {
            throw ModuleError(.undecodable, "the stored path \(path) is of no packet: the store is damaged")
        }
        self.init(end: try ChannelEndID(portID: parts[2], channelID: parts[4]), sequence: sequence)
    }
}

extension StorePath {
    /// What stands between the slashes.
    var parts: [String] { text.split(separator: "/", omittingEmptySubsequences: false).map(String.init) }

    /// The second part, which of a client or a connection is its identifier.
    ///
    /// - Throws: `undecodable` where there is none.
    func identifier<Kind>(_ type: Identifier<Kind>.Type) throws(ModuleError) -> Identifier<Kind> {
        guard let part = parts.dropFirst().first else {
            throw ModuleError(.undecodable, "the stored path \(self) has no second part: the store is damaged")
        }
        return try Identifier(reading: part)
    }
}
