import CometBFT
import MeshHost

extension [EngineOutcome.Result] {
    /// The hash that the next header has of these results: codes, and units of work as gas.
    var hash: Hash32 {
        map { ExecutionResult(code: $0.code, gasUsed: Int64(clamping: $0.workUsed)) }.hash
    }
}
