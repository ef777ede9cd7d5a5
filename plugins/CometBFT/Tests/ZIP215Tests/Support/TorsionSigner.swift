import CometBFTTesting
import Crypto
import Testing
import ZIP215

/// Signs with points that have a part of small order, which no honest signer does: valid by ZIP-215, mostly not by
/// strict rules.
struct TorsionSigner {
    let vectors: ZIP215Vectors
    /// The 14 encodings of points of small order, and the points.
    let encodings: [[UInt8]]
    private let points: [EdwardsPoint]

    init() throws {
        vectors = try ZIP215Vectors()
        encodings = vectors.smallOrderEncodings
        points = try encodings.map { encoding in
            try #require(Words256(littleEndian: encoding).flatMap(EdwardsPoint.init(decoding:)))
        }
    }

    struct Signed {
        var publicKey, signature, message: [UInt8]
    }

    /// A = [a]B + T and R = [r]B + U for random a and r and the points of small order T and U; s = r + k * a.
    ///
    /// - Parameter hasLargeKey: When false a is 0, so that the key itself has small order.
    func signed(_ message: [UInt8], hasLargeKey: Bool = true, random: inout SeededGenerator) throws -> Signed {
        let a = Scalar(reducing: hasLargeKey ? random.bytes(count: 64) : [])
        let r = Scalar(reducing: random.bytes(count: 64))
        let publicKey = (multipleOfBase(a) + points[random.below(points.count)]).encoding
        let pointR = (multipleOfBase(r) + points[random.below(points.count)]).encoding
        let hash = SHA512.hash(data: pointR + publicKey + message)
        let k = ReferenceInteger(littleEndian: Array(hash)) % .order
        let s = (ReferenceInteger(r.words) + k * ReferenceInteger(a.words)) % .order
        return Signed(publicKey: publicKey, signature: pointR + s.littleEndianBytes, message: message)
    }

    private func multipleOfBase(_ scalar: Scalar) -> EdwardsPoint {
        EdwardsPoint.combination(scalar, .ofBasePoint, Scalar(reducing: []), .ofBasePoint)
    }
}
