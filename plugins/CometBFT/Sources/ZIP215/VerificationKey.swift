import Crypto

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An Ed25519 public key, ready to verify many signatures by ZIP-215.
///
/// Any 32 bytes make a key. Bytes that name no point of the curve make one that no signature is valid for, which is how
/// CometBFT treats them.
public struct VerificationKey: Sendable {
    /// The length of a key in bytes.
    public static let byteCount = 32

    /// The 32 bytes of the key, as given.
    public let bytes: [UInt8]
    /// The key of the strict verifier; nil where that verifier doesn't take the bytes as a key.
    private let strictKey: Curve25519.Signing.PublicKey?

    /// A key from its bytes, or nil when they aren't exactly 32.
    public init?(_ bytes: some DataProtocol) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
        strictKey = try? Curve25519.Signing.PublicKey(rawRepresentation: self.bytes)
    }

    /// Whether a signature by this key is valid. Never traps: what has the wrong length is not valid.
    ///
    /// A signature that a strict verifier accepts costs what that verifier costs. Any other is checked a second time by
    /// the cofactored equation, so to reject one costs about twice as much.
    ///
    /// - Parameters:
    ///   - signature: 64 bytes, R and then s.
    ///   - message: The signed bytes, of any length.
    public func isValidSignature(_ signature: some DataProtocol, for message: some DataProtocol) -> Bool {
        guard signature.count == CofactoredVerification.signatureByteCount else { return false }
        // Strict acceptance implies acceptance here: it demands [s]B = R + [k]A itself, of which the cofactored equation
        // is the multiple by 8.
        if let strictKey, strictKey.isValidSignature(signature, for: message) { return true }
        return CofactoredVerification.accepts(signature: Array(signature), message: message, publicKey: bytes)
    }
}

extension VerificationKey: Hashable {
    /// Whether two keys have the same bytes. Two encodings of one point are different keys.
    public static func == (left: VerificationKey, right: VerificationKey) -> Bool {
        left.bytes == right.bytes
    }

    /// Hashes the key's bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(bytes)
    }
}
