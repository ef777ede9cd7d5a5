import CometBFT
import ModuleKit

extension EngineReport.Misbehavior {
    /// A double sign in the terms of the application (ABCI 2.0, `Misbehavior`).
    init(_ evidence: DuplicateVoteEvidence) throws(ModuleError) {
        let (seconds, nanoseconds) = (evidence.timestamp.seconds, evidence.timestamp.nanoseconds)
        self.init(
            validator: try Address(bytes: evidence.voteA.validatorAddress.bytes),
            power: UInt64(clamping: evidence.validatorPower),
            height: UInt64(clamping: evidence.height),
            time: try Timestamp(seconds: seconds, nanosecondsWithin: nanoseconds)
        )
    }
}
