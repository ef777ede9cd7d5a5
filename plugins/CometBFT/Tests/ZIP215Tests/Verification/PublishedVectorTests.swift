import CometBFTTesting
import Crypto
import Testing
import ZIP215

@Suite("Published Ed25519 vectors")
struct PublishedVectorTests {
    @Test("of small order, canonical or not, are all valid by ZIP-215")
    func smallOrder() throws {
        let vectors = try ZIP215Vectors()
        #expect(vectors.cases.count == 196)
        for (place, vector) in vectors.cases.enumerated() {
            let (signature, key) = (vector.signature, vector.publicKey)
            #expect(ZIP215.isValid(signature: signature, message: vectors.message, publicKey: key), "case \(place)")
        }
    }

    @Test("of small order are valid by the cofactored equation itself, and mostly not by strict rules")
    func secondPath() throws {
        let vectors = try ZIP215Vectors()
        var strictlyValid = 0
        for (place, vector) in vectors.cases.enumerated() {
            let (signature, key) = (vector.signature, vector.publicKey)
            let strictKey = try Curve25519.Signing.PublicKey(rawRepresentation: key)
            strictlyValid += strictKey.isValidSignature(signature, for: vectors.message) ? 1 : 0
            #expect(
                CofactoredVerification.accepts(signature: signature, message: vectors.message, publicKey: key),
                "case \(place)"
            )
        }
        // The rest is valid only because of the second path.
        #expect(strictlyValid < 98, "\(strictlyValid)")
    }

    @Test("of small order hold for any message, because k vanishes, and for no other s")
    func otherMessages() throws {
        let vectors = try ZIP215Vectors()
        var random = SeededGenerator(seed: 31)
        for (place, vector) in vectors.cases.enumerated() where place.isMultiple(of: 7) {
            let message = random.bytes(count: random.below(100))
            let note: Comment = "seed 31, case \(place)"
            #expect(ZIP215.isValid(signature: vector.signature, message: message, publicKey: vector.publicKey), note)
            let other = vector.signature.flipping(bit: 256 + random.below(252))
            #expect(!ZIP215.isValid(signature: other, message: message, publicKey: vector.publicKey), note)
        }
    }

    @Test("of RFC 8032 are valid on both paths, and belong to their secrets", arguments: RFC8032Vector.all)
    func rfc8032(vector: RFC8032Vector) throws {
        let secret = try #require(bytes(hexadecimal: vector.secret))
        let publicKey = try #require(bytes(hexadecimal: vector.publicKey))
        let message = try #require(bytes(hexadecimal: vector.message))
        let signature = try #require(bytes(hexadecimal: vector.signature))
        let signer = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        #expect(Array(signer.publicKey.rawRepresentation) == publicKey)
        #expect(ZIP215.isValid(signature: signature, message: message, publicKey: publicKey))
        #expect(CofactoredVerification.accepts(signature: signature, message: message, publicKey: publicKey))
        #expect(!ZIP215.isValid(signature: signature, message: message + [0], publicKey: publicKey))
    }
}
