import CometBFT
public import Crypto
public import ModuleKit

/// An account of a sandbox: its key is made from the seed, the chain and a name, so everybody can make it again.
public struct SandboxAccount: Sendable {
    /// The name by which the sandbox knows it.
    public let name: String
    /// The key that signs for it.
    public let key: Curve25519.Signing.PrivateKey
    /// Its address.
    public let address: Address

    /// Makes the account of a name.
    ///
    /// - Throws: `invalidSpecification` when no key can be made.
    public init(_ name: String, chainID: String, seed: UInt64) throws(SandboxError) {
        self.name = name
        do {
            key = try Curve25519.Signing.PrivateKey(
                rawRepresentation: SandboxSeed.bytes("account", name, chainID: chainID, seed: seed)
            )
            address = try Address(ed25519PublicKey: Array(key.publicKey.rawRepresentation))
        } catch {
            throw SandboxError(.invalidSpecification, "no key can be made for the account '\(name)'", cause: error)
        }
    }
}

/// Secrets of a sandbox, which are none: they follow from what everybody knows.
enum SandboxSeed {
    /// 32 bytes for a use: SHA-256 over the use, the seed, the chain and the name, each with its length.
    static func bytes(_ use: String, _ name: String, chainID: String, seed: UInt64) -> [UInt8] {
        var hasher = SHA256()
        for field in ["mesh-sandbox/key/1", use, String(seed), chainID, name] {
            let bytes = Array(field.utf8)
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hasher.update(bufferPointer: $0) }
            hasher.update(data: bytes)
        }
        return Array(hasher.finalize())
    }

    /// The consensus key of a validator, by the name of its account.
    static func validator(_ name: String, chainID: String, seed: UInt64) throws(SandboxError) -> PrivateValidator {
        do throws(CometBFTError) {
            return try PrivateValidator(seed: bytes("consensus", name, chainID: chainID, seed: seed))
        } catch {
            throw SandboxError(.invalidSpecification, "no consensus key can be made for '\(name)'", cause: error)
        }
    }
}
