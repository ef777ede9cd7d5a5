import Crypto
import Foundation
import Testing
import ZIP215

@Suite("A verification key")
struct VerificationKeyTests {
    private let message = Array("a vote".utf8)
    private let signer: Curve25519.Signing.PrivateKey
    private let signature: [UInt8]
    private let publicKey: [UInt8]

    init() throws {
        signer = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 7, count: 32))
        signature = Array(try signer.signature(for: message))
        publicKey = Array(signer.publicKey.rawRepresentation)
    }

    private func isValid(_ signature: [UInt8], _ message: [UInt8], _ publicKey: [UInt8]) -> Bool {
        ZIP215.isValid(signature: signature, message: message, publicKey: publicKey)
    }

    @Test("rejects a good signature when any bit of it, of the key or of the message is flipped")
    func flips() {
        #expect(isValid(signature, message, publicKey))
        for bit in 0..<512 {
            #expect(!isValid(signature.flipping(bit: bit), message, publicKey), "bit \(bit) of the signature")
        }
        for bit in 0..<256 {
            #expect(!isValid(signature, message, publicKey.flipping(bit: bit)), "bit \(bit) of the key")
        }
        for bit in 0..<(message.count * 8) {
            #expect(!isValid(signature, message.flipping(bit: bit), publicKey), "bit \(bit) of the message")
        }
    }

    @Test("rejects every signature of another length, and is made of 32 bytes only")
    func lengths() throws {
        let key = try #require(VerificationKey(publicKey))
        let long = signature + signature + signature
        for count in 0...130 where count != 64 {
            #expect(!key.isValidSignature(long.prefix(count), for: message), "\(count) bytes")
            let accepted = CofactoredVerification.accepts(
                signature: Array(long.prefix(count)),
                message: message,
                publicKey: publicKey
            )
            #expect(!accepted, "\(count) bytes")
        }
        let longKey = publicKey + publicKey + publicKey
        for count in 0...70 where count != 32 {
            #expect(VerificationKey(longKey.prefix(count)) == nil, "\(count) bytes")
            #expect(!isValid(signature, message, Array(longKey.prefix(count))), "\(count) bytes")
            let accepted = CofactoredVerification.accepts(
                signature: signature,
                message: message,
                publicKey: Array(longKey.prefix(count))
            )
            #expect(!accepted, "\(count) bytes")
        }
    }

    @Test("rejects s + L, s + 2L and so on: a signature has one form")
    func malleability() throws {
        var s = ReferenceInteger(littleEndian: Array(signature.suffix(32)))
        var rejected = 0
        while true {
            s = s + .order
            guard s.bitWidth <= 256 else { break }
            rejected += 1
            #expect(!isValid(signature.prefix(32) + s.littleEndianBytes, message, publicKey), "s + \(rejected)L")
        }
        #expect(rejected >= 14)
    }

    @Test("takes s up to L - 1, and not L, where the equation would hold")
    func edgesOfS() throws {
        // With the identity as key the equation is [8][s]B = [8]R.
        let identity = EdwardsPoint.identity.encoding
        let order = ReferenceInteger.order
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(isValid(identity + zero, message, identity))
        #expect(!isValid(identity + order.littleEndianBytes, message, identity))
        let highest = (order - ReferenceInteger(1)).littleEndianBytes
        let pointR = (-EdwardsPoint.base).encoding
        #expect(isValid(pointR + highest, message, identity))
        #expect(!isValid(EdwardsPoint.base.encoding + highest, message, identity))
        #expect(!isValid(identity + highest, message, identity))
        let aboveOrder = (order + ReferenceInteger(1)).littleEndianBytes
        #expect(!isValid(EdwardsPoint.base.encoding + aboveOrder, message, identity))
        #expect(isValid(EdwardsPoint.base.encoding + ReferenceInteger(1).littleEndianBytes, message, identity))
    }

    @Test("that names no point has no valid signature")
    func noPoint() throws {
        // y = 2 belongs to no point.
        let bytes = ReferenceInteger(2).littleEndianBytes
        let words = try #require(Words256(littleEndian: bytes))
        #expect(EdwardsPoint(decoding: words) == nil)
        let key = try #require(VerificationKey(bytes))
        #expect(!key.isValidSignature(signature, for: message))
        // With s = 0 and R = A anything of small order would do.
        #expect(!key.isValidSignature(EdwardsPoint.identity.encoding + [UInt8](repeating: 0, count: 32), for: message))
    }

    @Test("takes bytes of any kind: data, slices that don't begin at 0, and data in pieces")
    func kindsOfBytes() throws {
        let padded = Data([1, 2, 3] + signature + [4])
        let slice = padded.dropFirst(3).dropLast()
        let key = try #require(VerificationKey(Data([9] + publicKey).dropFirst()))
        #expect(key.bytes == publicKey)
        #expect(key.isValidSignature(slice, for: Data(message)))
        #expect(key.isValidSignature(([0] + signature).dropFirst(), for: ([0] + message).dropFirst()))
        var pieces = DispatchData.empty
        for byte in message { pieces.append(withUnsafeBytes(of: byte) { DispatchData(bytes: $0) }) }
        #expect(key.isValidSignature(signature, for: pieces))
        // The second path hashes the pieces too: a signature of small order is valid only there.
        let smallOrder = try #require(try ZIP215Vectors().smallOrderEncodings.last)
        let smallKey = try #require(VerificationKey(smallOrder))
        #expect(smallKey.isValidSignature(smallOrder + [UInt8](repeating: 0, count: 32), for: pieces))
        #expect(!key.isValidSignature(signature, for: DispatchData.empty))
    }

    @Test("equals another of the same bytes, not of the same point")
    func equality() throws {
        let key = try #require(VerificationKey(publicKey))
        let same = try #require(VerificationKey(Data(publicKey)))
        #expect(key == same)
        #expect(Set([key, same]).count == 1)
        let one = ReferenceInteger(1).littleEndianBytes
        let first = try #require(VerificationKey(one))
        let second = try #require(VerificationKey(one.flipping(bit: 255)))
        #expect(first != second)
    }
}
