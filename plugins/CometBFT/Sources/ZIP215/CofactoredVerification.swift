import Crypto

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The check that ZIP-215 defines, by itself: permissive decoding and the cofactored equation.
///
/// It takes variable time. Everything it works on is public.
package enum CofactoredVerification {
    /// The length of a signature in bytes: 32 of R and 32 of s.
    package static let signatureByteCount = 64

    /// Whether [8]([s]B - [k]A - R) is the identity, with s below L and k = SHA-512(R ‖ A ‖ message) mod L.
    ///
    /// Wrong lengths, an s of L or more, and encodings that name no point are not accepted.
    package static func accepts(signature: [UInt8], message: some DataProtocol, publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureByteCount,
            let encodedR = Words256(littleEndian: signature.prefix(Words256.byteCount)),
            let encodedS = Words256(littleEndian: signature.suffix(Words256.byteCount)),
            let encodedA = Words256(littleEndian: publicKey),
            let s = Scalar(canonical: encodedS),
            let pointR = EdwardsPoint(decoding: encodedR),
            let pointA = EdwardsPoint(decoding: encodedA)
        else { return false }

        // The bytes as given, not a canonical form of them.
        var hash = SHA512()
        hash.update(data: signature.prefix(Words256.byteCount))
        hash.update(data: publicKey)
        hash.update(data: message)
        let k = Scalar(reducing: Array(hash.finalize()))

        let sum = EdwardsPoint.combination(s, .ofBasePoint, k, MultiplesTable(of: -pointA))
        let difference = sum + -pointR
        return difference.doubled().doubled().doubled().isIdentity
    }
}
