import CometBFT
import ICS23
import LightClient

extension TendermintClientState: ProtobufValue {
    /// Checks a message and takes it over.
    ///
    /// - Throws: `missing`, `outOfRange`, `inconsistent`, `tooLarge`, or what is wrong with a proof specification.
    public init(protobuf: Ibc_Lightclients_Tendermint_V1_ClientState) throws(IBCError) {
        let latest = try required(protobuf.latestHeight, if: protobuf.hasLatestHeight, "latest_height")
        let frozen = try required(protobuf.frozenHeight, if: protobuf.hasFrozenHeight, "frozen_height")
        guard [.zero, Self.frozenMark].contains(Height(protobuf: frozen)) else {
            throw IBCError(
                .unknownValue,
                "the frozen height is zero, or 0-1 for a frozen client, not \(Height(protobuf: frozen))"
            )
        }
        // Before any is looked at, so that no list costs more than a short one.
        guard protobuf.proofSpecs.count <= Self.maximumTreeCount else {
            throw IBCError(
                .tooLarge,
                "a client has at most \(Self.maximumTreeCount) proof specifications, not \(protobuf.proofSpecs.count)"
            )
        }
        var specs: [ProofSpec] = []
        for (index, spec) in protobuf.proofSpecs.enumerated() {
            specs.append(
                try takingOver("proof_specs \(index)") { () throws(ICS23Error) in try ProofSpec(spec) }
            )
        }
        let unbonding = try required(protobuf.unbondingPeriod, if: protobuf.hasUnbondingPeriod, "unbonding_period")
        try self.init(
            chainID: protobuf.chainID,
            options: VerificationOptions(protobuf: protobuf),
            unbondingPeriod: checking("unbonding_period") { () throws(IBCError) in try Duration(protobuf: unbonding) },
            latestHeight: Height(protobuf: latest),
            isFrozen: Height(protobuf: frozen) != .zero,
            proofSpecs: specs,
            upgradePath: protobuf.upgradePath
        )
    }

    /// The message.
    public var protobuf: Ibc_Lightclients_Tendermint_V1_ClientState {
        var message = Ibc_Lightclients_Tendermint_V1_ClientState()
        message.chainID = chainID
        message.trustLevel.numerator = options.trustLevel.numerator
        message.trustLevel.denominator = options.trustLevel.denominator
        message.trustingPeriod = options.trustingPeriod.protobuf
        message.unbondingPeriod = unbondingPeriod.protobuf
        message.maxClockDrift = options.maximumClockDrift.protobuf
        message.frozenHeight = (isFrozen ? Self.frozenMark : .zero).protobuf
        message.latestHeight = latestHeight.protobuf
        message.proofSpecs = proofSpecs.map(\.wire)
        message.upgradePath = upgradePath
        return message
    }
}

extension VerificationOptions {
    /// Reads the parts of a client state that say how headers are verified.
    fileprivate init(protobuf: Ibc_Lightclients_Tendermint_V1_ClientState) throws(IBCError) {
        let level = try required(protobuf.trustLevel, if: protobuf.hasTrustLevel, "trust_level")
        let trusting = try required(protobuf.trustingPeriod, if: protobuf.hasTrustingPeriod, "trusting_period")
        let drift = try required(protobuf.maxClockDrift, if: protobuf.hasMaxClockDrift, "max_clock_drift")
        let trustLevel: TrustLevel
        do throws(VerificationError) {
            trustLevel = try TrustLevel(level.numerator, over: level.denominator)
        } catch {
            throw IBCError(.outOfRange, error.message, cause: error)
        }
        let trustingPeriod = try checking("trusting_period") { () throws(IBCError) in try Duration(protobuf: trusting) }
        let clockDrift = try checking("max_clock_drift") { () throws(IBCError) in try Duration(protobuf: drift) }
        do throws(LightClientError) {
            try self.init(trustLevel: trustLevel, trustingPeriod: trustingPeriod, maximumClockDrift: clockDrift)
        } catch {
            throw IBCError(.outOfRange, error.message, cause: error)
        }
    }
}
