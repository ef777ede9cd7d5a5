internal import Crypto
internal import Foundation
internal import ModuleKit

extension ProtoAuthentication {
    /// Verifies that `signer` agrees to a document.
    ///
    /// - Returns: how many signatures were checked.
    /// - Throws: `invalidSignature`, saying which part does not hold.
    func verify(_ document: SignDocument, signer: Address, limits: TransactionLimits) throws(ModuleError) -> Int {
        switch proof {
        case .single(let proof):
            guard try Address(ed25519PublicKey: Array(proof.publicKey)) == signer else {
                throw Self.invalid("the public key does not belong to the sender: sign with the sender's key")
            }
            try Self.verify(proof.signature, of: document, by: proof.publicKey)
            return 1
        case .multisig(let proof):
            try proof.verify(document, signer: signer, limits: limits)
            return proof.signatures.count
        case nil: throw Self.invalid("an authentication holds no proof: sign the transaction")
        }
    }

    static func verify(_ signature: Data, of document: SignDocument, by key: Data) throws(ModuleError) {
        guard signature.count == 64 else { throw invalid("an Ed25519 signature has 64 bytes, not \(signature.count)") }
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else {
            throw invalid("an Ed25519 public key has 32 bytes")
        }
        guard key.isValidSignature(signature, for: document.bytes) else {
            throw invalid("a signature does not hold: check the chain id, the account's sequence and the key")
        }
    }

    static func invalid(_ message: String) -> ModuleError { ModuleError(.invalidSignature, message) }
}

extension ProtoMultisigProof {
    /// Verifies that at least `threshold` keys of the account signed; every signature given has to hold.
    func verify(_ document: SignDocument, signer: Address, limits: TransactionLimits) throws(ModuleError) {
        guard publicKeys.count <= limits.multisigKeysMax else {
            throw ProtoAuthentication.invalid(
                "a multisig of \(publicKeys.count) keys is over the limit of \(limits.multisigKeysMax)"
            )
        }
        let keys = publicKeys.map { LegacyPublicKey.ed25519(Array($0)) }
        guard try Address(multisigThreshold: Int(threshold), publicKeys: keys) == signer else {
            throw ProtoAuthentication.invalid("these keys and this threshold are not those of the sending account")
        }
        guard signatures.count >= Int(threshold), signatures.count <= publicKeys.count else {
            throw ProtoAuthentication.invalid("\(signatures.count) signatures, but \(threshold) are needed")
        }
        var previous: UInt32?
        for partial in signatures {
            guard partial.keyIndex < publicKeys.count, previous.map({ partial.keyIndex > $0 }) ?? true else {
                throw ProtoAuthentication.invalid("partial signatures must name keys in ascending order, each once")
            }
            previous = partial.keyIndex
            try ProtoAuthentication.verify(partial.signature, of: document, by: publicKeys[Int(partial.keyIndex)])
        }
    }
}
