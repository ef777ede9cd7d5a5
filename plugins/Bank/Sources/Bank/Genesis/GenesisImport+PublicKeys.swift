import BankEvents
import Foundation
import ModuleKit

extension GenesisImport {
    /// How deep multisig keys may stand in one another.
    private static let depthMax = 4

    /// Reads an account's public key of any layout; nil where there is none, or none that could be kept.
    ///
    /// Keys of every kind are kept. Only Ed25519 signatures can be verified here, which the report says of the others.
    mutating func publicKey(_ field: JSONField, _ path: String) throws(ModuleError) -> BankPublicKey? {
        if case .string(let text) = field.value {
            return text.isEmpty ? nil : try legacyKey(text, field, path)
        }
        guard let key = try structuredKey(field, depth: 0) else {
            report.skip(path, "a public key of an unknown form is not kept", example: field.path)
            return nil
        }
        note(key, field, path)
        return key
    }

    private mutating func note(_ key: BankPublicKey, _ field: JSONField, _ path: String) {
        guard key.typeURL != Self.ed25519 else { return }
        report.remark(
            path,
            "keys of \(key.typeURL) are kept, but their signatures can't be verified",
            example: field.path
        )
    }

    /// Up to SDK 0.38 a key may be a Bech32 text, such as `cosmospub1…`.
    private mutating func legacyKey(_ text: String, _ field: JSONField, _ path: String) throws(ModuleError)
        -> BankPublicKey
    {
        let prefix = context.addresses.publicKeyPrefix(of: .account)
        var key = BankPublicKey()
        do throws(ModuleError) {
            switch try LegacyPublicKey(bech32: text, prefix: prefix) {
            case .ed25519(let bytes):
                key.typeURL = Self.ed25519
                key.key = Data(bytes)
            case .secp256k1(let bytes):
                key.typeURL = Self.secp256k1
                key.key = Data(bytes)
            case .multisig: throw ModuleError(.invalidPublicKey, "a multisig key has no Bech32 text; write its keys")
            }
        } catch {
            throw field.invalid(error.message)
        }
        note(key, field, path)
        return key
    }

    /// Reads `{"@type", "key"}`, Amino's `{"type", "value"}`, or a multisig of either; nil for anything else.
    private func structuredKey(_ field: JSONField, depth: Int) throws(ModuleError) -> BankPublicKey? {
        guard let name = field.first(of: "@type", "type").optional else { return nil }
        var key = BankPublicKey()
        key.typeURL = Self.typeURL(try name.string())
        let body = field["@type"].optional == nil ? field["value"] : field
        if case .string = body.value {
            key.key = Data(try body.base64())
        } else if let text = body["key"].optional {
            key.key = Data(try text.base64())
        } else if let keys = body.first(of: "public_keys", "pubkeys").optional, depth < Self.depthMax {
            key.threshold = try body["threshold"].integer(as: UInt32.self)
            for inner in try keys.array() {
                guard let read = try structuredKey(inner, depth: depth + 1) else { return nil }
                key.publicKeys.append(read)
            }
        } else {
            return nil
        }
        let length = [Self.ed25519: 32, Self.secp256k1: 33][key.typeURL]
        guard length == nil || length == key.key.count else {
            throw field.invalid("the key has \(key.key.count) bytes, not \(length ?? 0); write all of it")
        }
        return key
    }

    private static let ed25519 = "/cosmos.crypto.ed25519.PubKey"
    private static let secp256k1 = "/cosmos.crypto.secp256k1.PubKey"

    private static func typeURL(_ name: String) -> String {
        switch name {
        case "tendermint/PubKeyEd25519": ed25519
        case "tendermint/PubKeySecp256k1": secp256k1
        case "tendermint/PubKeyMultisigThreshold": "/cosmos.crypto.multisig.LegacyAminoPubKey"
        default: name
        }
    }
}
