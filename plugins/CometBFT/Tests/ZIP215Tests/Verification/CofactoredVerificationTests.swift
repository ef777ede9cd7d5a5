import CometBFTTesting
import Crypto
import Testing
import ZIP215

@Suite("The cofactored check")
struct CofactoredVerificationTests {
    @Test("agrees with the strict verifier on 1,000 good and mangled signatures", arguments: [41, 42] as [UInt64])
    func agreement(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var valid = 0
        for round in 0..<500 {
            let signer = try Curve25519.Signing.PrivateKey(rawRepresentation: random.bytes(count: 32))
            var message = random.bytes(count: 1 + random.below(200))
            var signature = Array(try signer.signature(for: message))
            var publicKey = Array(signer.publicKey.rawRepresentation)
            switch random.below(6) {
            case 0: signature = signature.flipping(bit: random.below(512))
            case 1: publicKey = publicKey.flipping(bit: random.below(256))
            case 2: message = message.flipping(bit: random.below(message.count * 8))
            default: break
            }
            let strictly = try Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
                .isValidSignature(signature, for: message)
            let accepted = CofactoredVerification.accepts(signature: signature, message: message, publicKey: publicKey)
            #expect(accepted == strictly, "seed \(seed), round \(round)")
            valid += accepted ? 1 : 0
        }
        #expect((200...300).contains(valid), "seed \(seed): \(valid)")
    }

    @Test("accepts keys and R with a part of small order, which strict rules mostly reject")
    func torsion() throws {
        let signer = try TorsionSigner()
        var random = SeededGenerator(seed: 43)
        var strictlyValid = 0
        for round in 0..<80 {
            let signed = try signer.signed(random.bytes(count: 32), random: &random)
            let accepted = CofactoredVerification.accepts(
                signature: signed.signature,
                message: signed.message,
                publicKey: signed.publicKey
            )
            #expect(accepted, "seed 43, round \(round)")
            strictlyValid +=
                try Curve25519.Signing.PublicKey(rawRepresentation: signed.publicKey)
                .isValidSignature(signed.signature, for: signed.message) ? 1 : 0
        }
        // Strict rules are right by chance when the parts of small order cancel: about 1 in 8.
        #expect((1..<30).contains(strictlyValid), "seed 43: \(strictlyValid)")
    }

    @Test("hashes the bytes of R and of the key as given, not their canonical form")
    func hashedBytes() throws {
        // A key of full order in canonical form, R of small order in each form: the signer hashes what it sends.
        let signer = try TorsionSigner()
        let secret = Scalar(reducing: Array(SHA512.hash(data: [1])))
        let zero = Scalar(reducing: [])
        let key = EdwardsPoint.combination(secret, .ofBasePoint, zero, .ofBasePoint).encoding
        let message = Array("a vote".utf8)
        var distinct: [[UInt8]] = []
        for encoding in signer.encodings {
            let k = ReferenceInteger(littleEndian: Array(SHA512.hash(data: encoding + key + message))) % .order
            let s = k * ReferenceInteger(secret.words) % .order
            #expect(ZIP215.isValid(signature: encoding + s.littleEndianBytes, message: message, publicKey: key))
            // The s of one form is not the s of another.
            for other in distinct {
                #expect(!ZIP215.isValid(signature: encoding + other, message: message, publicKey: key))
            }
            distinct.append(s.littleEndianBytes)
        }
    }
}
