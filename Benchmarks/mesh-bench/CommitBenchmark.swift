import CometBFT
import CometBFTTesting
import Crypto
import Foundation
import ZIP215

/// Checking single signatures, and the commit of a set of 150 validators.
enum CommitBenchmark {
    private static let chainID = "bench-1"
    private static let validatorCount = 150

    static func run() throws -> [Measurement] {
        let validators = try TestValidators(0..<UInt64(validatorCount))
        var chain = TestChain(chainID: chainID, validators: validators)
        try chain.grow(to: 1)
        guard let block = chain.block(at: 1) else { throw BenchmarkFailure("there is no block") }
        let signed = try signatures(of: block)
        let bare = median { signed.allSatisfy(\.isValidBare) }
        let single = median { signed.allSatisfy { $0.key.isValidSignature($0.signature, for: $0.message) } }
        let whole = try median { try block.verify(chainID: chainID, .all) }
        let shared = try median { try block.verify(chainID: chainID, .all, workers: 2) }
        let light = try median { try block.verify(chainID: chainID, .light) }
        let count = Double(validatorCount)
        return [
            Measurement(
                name: "signature",
                value: single / count * 1e6,
                unit: "us",
                baseline: "us, swift-crypto alone",
                baselineValue: bare / count * 1e6,
                bar: "1.3 of the baseline",
                isMet: single <= 1.3 * bare,
                notes: ["by ZIP-215, keys parsed once; median of \(rounds) runs over \(validatorCount) signatures"]
            ),
            Measurement(
                name: "commit",
                value: whole * 1e3,
                unit: "ms",
                baseline: "ms, its signatures with swift-crypto alone",
                baselineValue: bare * 1e3,
                bar: "under 15 ms",
                isMet: whole < 0.015,
                notes: [
                    "\(validatorCount) validators, every signature, one thread; two threads "
                        + "\(Report.short(shared * 1e3)) ms; only as many as decide \(Report.short(light * 1e3)) ms"
                ]
            ),
        ]
    }

    /// One signature with what it covers.
    private struct Signed {
        let key: VerificationKey
        let bareKey: Curve25519.Signing.PublicKey
        let signature: [UInt8]
        let message: [UInt8]

        var isValidBare: Bool { bareKey.isValidSignature(signature, for: message) }
    }

    private static func signatures(of block: LightBlock) throws -> [Signed] {
        let commit = block.signedHeader.commit
        return try block.validators.validators.enumerated().map { index, validator in
            guard
                let key = VerificationKey(validator.key.bytes),
                let signed = commit.signatures[index].signed,
                let message = commit.signBytes(at: index, chainID: chainID)
            else { throw BenchmarkFailure("signature \(index) is missing") }
            return Signed(
                key: key,
                bareKey: try Curve25519.Signing.PublicKey(rawRepresentation: validator.key.bytes),
                signature: signed.signature,
                message: message
            )
        }
    }

    private static let rounds = 15

    private static func median<Result>(_ body: () throws -> Result) rethrows -> Double {
        var times: [Double] = []
        for _ in 0..<rounds { times.append(try seconds(body).seconds) }
        return times.sorted()[rounds / 2]
    }
}
