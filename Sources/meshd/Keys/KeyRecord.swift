import Crypto
import Foundation
import MeshHost
import ModuleKit

/// One key of a home: an Ed25519 key, with or without its secret, or a k-of-n account of several.
struct KeyRecord: Sendable {
    /// What the key is made of.
    enum Material: Sendable {
        /// A public key of 32 bytes, and the seed of 32 bytes where the secret is here.
        case ed25519(publicKey: [UInt8], seed: [UInt8]?)
        /// At least `threshold` of the keys have to sign; their order matters.
        case multisig(threshold: Int, publicKeys: [[UInt8]])
    }

    /// The name in this home.
    let name: String
    let material: Material

    init(name: String, material: Material) {
        self.name = name
        self.material = material
    }

    /// A key from its secret.
    ///
    /// - Throws: `badInput` for a seed that has not 32 bytes.
    init(name: String, seed: [UInt8]) throws(CommandError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw CommandError(.badInput, "a seed has 32 bytes, this one has \(seed.count): give 64 hexadecimal digits")
        }
        self.init(name: name, material: .ed25519(publicKey: Array(key.publicKey.rawRepresentation), seed: seed))
    }

    /// A k-of-n account.
    ///
    /// - Throws: `badInput` when the threshold is not between 1 and the number of keys.
    init(name: String, threshold: Int, publicKeys: [[UInt8]]) throws(CommandError) {
        self.init(name: name, material: .multisig(threshold: threshold, publicKeys: publicKeys))
        _ = try address()
    }

    /// The account's address.
    func address() throws(CommandError) -> Address {
        try CommandError.wrapping {
            switch material {
            case .ed25519(let key, _): try Address(ed25519PublicKey: key)
            case .multisig(let threshold, let keys):
                try Address(multisigThreshold: threshold, publicKeys: keys.map { .ed25519($0) })
            }
        }
    }

    /// The public key of a single key.
    ///
    /// - Throws: `badInput` for a multisig, which has no key of its own.
    func publicKey() throws(CommandError) -> [UInt8] {
        guard case .ed25519(let key, _) = material else {
            throw CommandError(.badInput, "\(name) is a multisig account and has no key of its own: name a single key")
        }
        return key
    }

    /// The key that signs.
    ///
    /// - Throws: `badInput` when only the public part is here.
    func signingKey() throws(CommandError) -> Curve25519.Signing.PrivateKey {
        guard case .ed25519(_, let seed?) = material else {
            throw CommandError(
                .badInput,
                "\(name) can't sign by itself: for a multisig account use `meshd tx multisign`, for a public key sign "
                    + "where the secret is"
            )
        }
        return try CommandError.wrapping { try Curve25519.Signing.PrivateKey(rawRepresentation: seed) }
    }

    /// `ed25519` or `multisig`.
    var kind: String {
        switch material {
        case .ed25519: "ed25519"
        case .multisig: "multisig"
        }
    }

    /// Whether the secret is here.
    var canSign: Bool {
        if case .ed25519(_, _?) = material { return true }
        return false
    }
}

extension KeyRecord {
    private static let format: UInt32 = 1

    /// Reads the file form.
    ///
    /// - Throws: codespace `genesis` of the JSON reader, with the path of what is wrong; `CommandError` for keys that
    ///   are none.
    init(json: JSONValue, name: String) throws {
        let root = JSONField(json)
        guard try root["format"].integer(as: UInt32.self) == Self.format else {
            throw root["format"].invalid("this build reads key files of format \(Self.format): use a newer build")
        }
        switch try root["kind"].string() {
        case "ed25519":
            let publicKey = try root["public_key"].hexadecimal()
            guard let seed = root["seed"].optional else {
                self.init(name: name, material: .ed25519(publicKey: publicKey, seed: nil))
                _ = try address()
                return
            }
            try self.init(name: name, seed: try seed.hexadecimal())
            guard try self.publicKey() == publicKey else {
                throw root["public_key"].invalid("it does not belong to the seed: restore the file")
            }
        case "multisig":
            let keys = try root["public_keys"].array().map { try $0.hexadecimal() }
            try self.init(name: name, threshold: try root["threshold"].integer(as: Int.self), publicKeys: keys)
        default: throw root["kind"].invalid("a key is of kind ed25519 or multisig")
        }
    }

    /// The file form.
    func json(withSecret: Bool) -> JSONValue {
        var object = JSONObject()
        object["format"] = .whole(Self.format)
        object["name"] = .string(name)
        object["kind"] = .string(kind)
        switch material {
        case .ed25519(let publicKey, let seed):
            object["public_key"] = .string(publicKey.hexText)
            if withSecret, let seed { object["seed"] = .string(seed.hexText) }
        case .multisig(let threshold, let publicKeys):
            object["threshold"] = .whole(threshold)
            object["public_keys"] = .array(publicKeys.map { .string($0.hexText) })
        }
        return .object(object)
    }
}

extension JSONField {
    /// Bytes as hexadecimal digits.
    func hexadecimal() throws(ModuleError) -> [UInt8] {
        guard let bytes = Array(hexadecimal: try string()) else {
            throw invalid("write pairs of hexadecimal digits")
        }
        return bytes
    }
}

extension [UInt8] {
    /// Reads pairs of hexadecimal digits of either case; nil for anything else.
    init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
