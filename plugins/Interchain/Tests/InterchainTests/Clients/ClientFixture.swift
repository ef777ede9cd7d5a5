import CometBFT
import CometBFTTesting
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting

@testable import Interchain

/// A chain with a client of another one, at height 1.
final class ClientFixture {
    static let authority = Address.named("governance")

    let here: PlayedChain
    let other: PlayedChain
    let client: ClientID

    /// - Parameter authority: who may unfreeze clients.
    init(authority: Address? = ClientFixture.authority) throws {
        here = try PlayedChain("here-1", validators: 0..<4) { options in
            guard let authority, let text = try? authority.text(prefix: options.addressPrefix) else { return }
            var settings = JSONObject()
            settings["authority"] = .string(text)
            options.configuration = .object(settings)
        }
        other = try PlayedChain("other-2", validators: 10..<14)
        client = try here.createClient(of: other)
    }

    /// Lets blocks go by on both chains.
    func blocks(_ count: Int, every interval: TimeSpan? = nil) throws {
        for _ in 0..<count {
            try here.nextBlock(after: interval)
            try other.nextBlock(after: interval)
        }
    }

    /// Updates the client to a height from another.
    @discardableResult
    func update(to height: Int64, from trusted: Int64, of fork: TestChain? = nil) throws -> Outcome<Interchain> {
        try here.update(client, with: other.header(height, from: trusted, of: fork))
    }

    /// Whether the client is active, expired or frozen.
    var status: String { get throws { try here.description(of: client).status } }

    /// The heights that the client has of the other chain, the lowest first.
    var heights: [UInt64] {
        get throws {
            var heights: [UInt64] = []
            let state = try here.harness.state
            try here.harness.module.verifiedHeaders.forEach(startingWith: client.text, in: state) {
                (key, _) throws(ModuleError) in
                heights.append(key.second.height)
                return true
            }
            return heights
        }
    }

    /// A header of the other chain as the client keeps it.
    func recorded(_ height: Int64) throws -> InterchainVerifiedHeader {
        try InterchainVerifiedHeader(other.header(height, from: 1).block.signedHeader.header)
    }
}
