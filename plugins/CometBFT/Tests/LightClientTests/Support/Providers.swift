import CometBFT
import CometBFTTesting
import LightClient
import Synchronization

/// A provider made of a closure, which counts the questions.
final class ClosureProvider: LightBlockProvider, Sendable {
    private let answer: @Sendable (Int64?) -> LightBlock?
    private let count = Mutex(0)

    init(_ answer: @escaping @Sendable (Int64?) -> LightBlock?) {
        self.answer = answer
    }

    /// An honest provider of a chain.
    convenience init(_ chain: TestChain) {
        self.init { chain.block(at: $0 ?? chain.height) }
    }

    var questions: Int { count.withLock { $0 } }

    func lightBlock(at height: Int64?) throws(LightClientError) -> LightBlock {
        count.withLock { $0 += 1 }
        guard let block = answer(height) else {
            throw LightClientError(.providerFailed, "There is no block of height \(height ?? 0). Ask for a lower one.")
        }
        return block
    }
}

/// The code of what a client throws, or nil if it throws nothing.
func code(_ body: () throws -> Void) -> LightClientError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? LightClientError)?.code ?? LightClientError.Code(rawValue: "another error: \(error)")
    }
}

extension Verdict {
    /// A verdict as the published cases write it.
    var name: String {
        switch self {
        case .success: "SUCCESS"
        case .notEnoughTrust: "NOT_ENOUGH_TRUST"
        case .invalid: "INVALID"
        }
    }

    /// The code of the error, or nil.
    var code: LightClientError.Code? {
        switch self {
        case .success: nil
        case .notEnoughTrust(let error), .invalid(let error): error.code
        }
    }
}

extension BlockTime {
    /// A time some nanoseconds later.
    func adding(seconds: Int64 = 0, nanoseconds: Int64 = 0) -> BlockTime {
        let total = self.seconds * 1_000_000_000 + Int64(self.nanoseconds) + seconds * 1_000_000_000 + nanoseconds
        return BlockTime(nanosecondsSince1970: total)
    }
}
