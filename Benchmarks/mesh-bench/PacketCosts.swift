import Crypto
import Foundation
import ICS23
import MeshHost
import MeshSandbox
import Storage

/// What parts of a packet's way cost, each measured alone on one core, in seconds.
struct PacketCosts {
    /// Checking one signature.
    let signature: Double
    /// Checking one proof of an entry of a chain's state.
    let proofCheck: Double
    /// Writing one such proof, and reading it again.
    let proofCoding: Double
    /// A step of the network in which nobody submits anything.
    let emptyStep: Double

    /// Measures on a network at rest; the proofs are of a chain's state.
    init(_ network: Network, chain: SandboxChain) throws {
        signature = try Self.signatureSeconds()
        let host = try chain.host()
        var keys: [[UInt8]] = []
        try host.store.state.makeReader().scan(StateScan()) { (key, _) in
            keys.append(key.withUnsafeBytes { [UInt8]($0) })
            return keys.count < 500
        }
        let proofs = try host.store.proofs(of: keys, at: host.lastHeader.height)
        let count = Double(max(1, proofs.count))
        let appHash = host.lastHeader.appHash
        proofCheck = try seconds { for proof in proofs { try proof.verify(appHash: appHash) } }.seconds / count
        proofCoding =
            try seconds {
                for proof in proofs { _ = try MerkleProof(decoding: proof.proof.encoded()) }
            }
            .seconds / count
        let steps = 20
        emptyStep = try seconds { _ = try network.run(steps: steps) }.seconds / Double(steps)
    }

    private static func signatureSeconds() throws -> Double {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 7, count: 32))
        let message = [UInt8](repeating: 1, count: 300)
        let signature = try key.signature(for: message)
        let (publicKey, count) = (key.publicKey, 500)
        return seconds {
            for _ in 0..<count { _ = publicKey.isValidSignature(signature, for: message) }
        }
        .seconds / Double(count)
    }
}
