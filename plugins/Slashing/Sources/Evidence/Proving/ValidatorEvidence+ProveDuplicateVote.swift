import CometBFT
import EvidenceEvents
import Foundation
import ModuleKit

extension ValidatorEvidence {
    /// Judges evidence of two votes that contradict each other, and tells the instance that the sender names.
    ///
    /// The voter's key comes from the set that the verified header names, the chain id from the client, and the time of the
    /// infraction from the header. What a vote says of its own time or place counts for nothing; what the evidence states
    /// about powers and time has to be so, as CometBFT demands. The cheap checks come first.
    func handle(_ request: EvidenceProveDuplicateVote, _ context: Context) throws(ModuleError) {
        let submitter = try context.requireSender()
        let instance = try addressee(request.instance, context)
        let chain = try AccusedChain(request.clientID, context)
        try context.charge(
            Work.reading(request.evidence.count, request.header.count, request.validators.count)
        )
        let evidence: DuplicateVoteEvidence = try ModuleError.reading("the evidence", request.evidence)
        let header: Header = try ModuleError.reading("the header", request.header)
        try chain.require(header, at: evidence.height, context)
        let time = try header.timestamp
        let lastMoment = time.saturatingAdding(chain.unbondingPeriod)
        try requireProvable(until: lastMoment, time, context)

        var proof = EvidenceDuplicateVoteProven()
        proof.instanceNumber = instance.number
        proof.instance = instance.label
        proof.clientID = request.clientID
        proof.chainID = chain.chainID
        proof.consensusAddress = Data(evidence.voteA.validatorAddress.bytes)
        proof.height = UInt64(clamping: evidence.height)
        proof.time = time.nanoseconds
        proof.provableUntil = lastMoment.nanoseconds
        proof.submitter = context.addresses.format(submitter, as: .account)
        try requireNew(proof, context)

        let validators = try validators(request.validators, of: header, context)
        try context.charge(Work.votes)
        do throws(VerificationError) {
            try evidence.verify(chainID: chain.chainID, validators: validators, blockTime: header.time)
        } catch {
            throw ModuleError(evidence: error)
        }
        proof.key = Data(validators.validator(at: evidence.voteA.validatorAddress)?.validator.key.bytes ?? [])
        proof.evidenceHash = Data(evidence.hash.bytes)
        try context.emit(.with { $0.duplicateVoteProven = proof })
    }

    /// The instance that is to be told. The host itself has no stake of anybody.
    private func addressee(_ reference: String, _ context: Context) throws(ModuleError) -> InstanceIdentity {
        guard let instance = context.instance(named: reference), instance.number > 0 else {
            throw ModuleError(
                .notFound,
                "there is no instance of this name that could be told: give the label or the address of one that "
                    + "holds stake of the validator"
            )
        }
        return instance
    }

    private func requireProvable(until lastMoment: Timestamp, _ time: Timestamp, _ context: Context)
        throws(ModuleError)
    {
        guard context.block.time <= lastMoment else {
            throw ModuleError(
                .evidenceTooOld,
                "the infraction of \(time) could be proven until \(lastMoment), the unbonding period later: nothing can be "
                    + "done about it now"
            )
        }
    }

    private func requireNew(_ proof: EvidenceDuplicateVoteProven, _ context: Context) throws(ModuleError) {
        guard try !proofs.contains(try ProofPlace(proof), in: context) else {
            throw ModuleError(
                .alreadyProven,
                "\(proof.instance) was told before that this validator voted twice at height \(proof.height) of "
                    + "\(proof.chainID): there is nothing to do"
            )
        }
    }

    /// The validators of a header's height.
    private func validators(_ bytes: Data, of header: Header, _ context: Context) throws(ModuleError)
        -> ValidatorSet
    {
        let validators: ValidatorSet = try ModuleError.reading("the validators", bytes)
        // A set has at most 10 000 validators.
        try context.charge(UInt64(validators.validators.count) * Work.validatorHash)
        guard validators.hash == header.validatorsHash else {
            throw ModuleError(
                .wrongInfractionValidators,
                "the validators are not those that the header of height \(header.height) names: give the set of that height"
            )
        }
        return validators
    }
}

extension Header {
    /// The time of the block.
    ///
    /// - Throws: `malformedEvidence` for a time that this chain can't express.
    fileprivate var timestamp: Timestamp {
        get throws(ModuleError) {
            do throws(ModuleError) {
                return try Timestamp(seconds: time.seconds, nanosecondsWithin: time.nanoseconds)
            } catch {
                throw ModuleError(.malformedEvidence, "the header's time can't be used: \(error.message)")
            }
        }
    }
}

extension ModuleError {
    /// Reads something that CometBFT wrote, and takes over what is wrong with it.
    fileprivate static func reading<Value: ProtobufRepresentable>(_ what: String, _ bytes: Data) throws(ModuleError)
        -> Value
    {
        do throws(CometBFTError) {
            return try Value(encoded: Array(bytes))
        } catch {
            throw ModuleError(.malformedEvidence, "\(what) can't be read: \(error.message)")
        }
    }

    /// Takes over why votes prove nothing.
    fileprivate init(evidence error: VerificationError) {
        let code: Code =
            switch error.code {
            case .unknownValidator: .unknownVoter
            case .invalidSignature, .wrongAddress: .invalidVoteSignature
            case .wrongStatement: .wrongEvidenceStatement
            default: .noDuplicateVote
            }
        self.init(code, error.message)
    }
}
