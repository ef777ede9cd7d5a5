import CometBFTTesting
import Crypto
import Foundation
import Testing
import ZIP215

/// Generated signatures whose validity is known by how they were made. The number of cases comes from the environment.
@Suite("Any signature at all")
struct ZIP215FuzzTests {
    /// A signature, and whether ZIP-215 has it valid.
    private struct Case {
        var signed: TorsionSigner.Signed
        var isValid: Bool
    }

    private static let defaultCaseCount = 2000

    @Test("is judged as it was made, never traps, and is valid when strict rules say so")
    func judgement() throws {
        let text = ProcessInfo.processInfo.environment["MESH_FUZZ_CASES"] ?? String(Self.defaultCaseCount)
        let count = try #require(Int(text).flatMap { $0 > 0 ? $0 : nil }, "MESH_FUZZ_CASES is a number above 0")
        let seed: UInt64 = 51
        let signer = try TorsionSigner()
        var random = SeededGenerator(seed: seed)
        for round in 0..<count {
            let kind = random.below(12)
            let made = try Self.made(kind, by: signer, random: &random)
            let (signature, message, publicKey) = (made.signed.signature, made.signed.message, made.signed.publicKey)
            let note: Comment = "seed \(seed), round \(round), kind \(kind): \(made)"
            let isValid = ZIP215.isValid(signature: signature, message: message, publicKey: publicKey)
            #expect(isValid == made.isValid, note)
            let isAccepted = CofactoredVerification.accepts(
                signature: signature,
                message: message,
                publicKey: publicKey
            )
            #expect(isAccepted == made.isValid, note)
            if let strictKey = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey),
                strictKey.isValidSignature(signature, for: message)
            {
                #expect(isValid, note)
            }
        }
    }

    private static func made(_ kind: Int, by signer: TorsionSigner, random: inout SeededGenerator) throws -> Case {
        let message = random.bytes(count: 1 + random.below(80))
        switch kind {
        case 0: return Case(signed: try honest(message, random: &random), isValid: true)
        case 1: return Case(signed: try signer.signed(message, random: &random), isValid: true)
        case 2: return Case(signed: try signer.signed(message, hasLargeKey: false, random: &random), isValid: true)
        case 3...6:
            let original =
                random.below(2) == 0
                ? try honest(message, random: &random) : try signer.signed(message, random: &random)
            return Case(signed: mangled(original, by: kind, random: &random), isValid: false)
        case 7:
            let signature = random.bytes(count: random.below(97))
            let signed = TorsionSigner.Signed(
                publicKey: random.bytes(count: random.below(41)),
                signature: signature,
                message: message
            )
            return Case(signed: signed, isValid: false)
        case 8:
            // Right lengths, and an s that is below 2^252, so that the equation itself is what rejects.
            var signature = random.bytes(count: 64)
            signature[63] &= 0x0F
            let signed = TorsionSigner.Signed(
                publicKey: random.bytes(count: 32),
                signature: signature,
                message: message
            )
            return Case(signed: signed, isValid: false)
        default:
            // Key and R of small order: valid with s = 0, and with s = 0 alone.
            let key = signer.encodings[random.below(signer.encodings.count)]
            let pointR = signer.encodings[random.below(signer.encodings.count)]
            let isValid = kind == 9
            var s = [UInt8](repeating: 0, count: 32)
            if kind == 10 { s[random.below(32)] = UInt8(1 + random.below(255)) }
            if kind == 11 { s = ReferenceInteger.order.littleEndianBytes }
            let signed = TorsionSigner.Signed(publicKey: key, signature: pointR + s, message: message)
            return Case(signed: signed, isValid: isValid)
        }
    }

    private static func honest(_ message: [UInt8], random: inout SeededGenerator) throws -> TorsionSigner.Signed {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: random.bytes(count: 32))
        return TorsionSigner.Signed(
            publicKey: Array(key.publicKey.rawRepresentation),
            signature: Array(try key.signature(for: message)),
            message: message
        )
    }

    private static func mangled(
        _ original: TorsionSigner.Signed,
        by kind: Int,
        random: inout SeededGenerator
    ) -> TorsionSigner.Signed {
        var signed = original
        switch kind {
        case 3: signed.signature = signed.signature.flipping(bit: random.below(512))
        case 4: signed.publicKey = signed.publicKey.flipping(bit: random.below(256))
        case 5: signed.message = signed.message.flipping(bit: random.below(signed.message.count * 8))
        default:
            switch random.below(3) {
            case 0: signed.signature.removeLast(1 + random.below(64))
            case 1: signed.publicKey.append(0)
            default:
                let s = ReferenceInteger(littleEndian: Array(signed.signature.suffix(32))) + .order
                signed.signature.replaceSubrange(32..., with: s.littleEndianBytes)
            }
        }
        return signed
    }
}
