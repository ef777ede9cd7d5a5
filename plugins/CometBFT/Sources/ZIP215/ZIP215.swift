#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Ed25519 verification by ZIP-215, the rule that CometBFT applies to votes.
///
/// RFC 8032 leaves room: two correct verifiers may disagree on encodings that nobody makes by accident. Consensus can't
/// afford that, so ZIP-215 says exactly which signatures are valid:
/// - `s` must be below the group order L.
/// - The public key A and the point R may be encoded in any way that names a point: a y of 2^255 - 19 or more is reduced,
///   and the sign bit may be set where x is 0. Points of small order are allowed.
/// - With k = SHA-512(R ‖ A ‖ message) mod L over the bytes as given, the signature is valid exactly when
///   [8][s]B = [8]R + [8][k]A.
///
/// Every signature that a strict verifier accepts is valid here too. Source: ZIP-215, "Explicitly Defining and Modifying
/// Ed25519 Validation Rules"; RFC 8032, section 5.1.
public enum ZIP215 {
    /// Whether a signature is valid. Never traps: what has the wrong length is not valid.
    ///
    /// To check many signatures of the same keys, make each `VerificationKey` once.
    ///
    /// - Parameters:
    ///   - signature: 64 bytes, R and then s.
    ///   - message: The signed bytes, of any length.
    ///   - publicKey: 32 bytes.
    public static func isValid(
        signature: some DataProtocol,
        message: some DataProtocol,
        publicKey: some DataProtocol
    ) -> Bool {
        VerificationKey(publicKey)?.isValidSignature(signature, for: message) ?? false
    }
}
