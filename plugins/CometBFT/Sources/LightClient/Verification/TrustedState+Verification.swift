public import CometBFT

extension TrustedState {
    /// Verifies a block against the trusted header. No state, no clock, no storage.
    ///
    /// - Adjacent (the next height): the trusted header itself names the validators, and more than two thirds of them
    ///   have to have signed.
    /// - Skipping (any higher one): more than the trust level of the *trusted* validators have to have signed, and more
    ///   than two thirds of the block's own.
    ///
    /// Source: CometBFT 0.38, `light/verifier.go`; the specification in `spec/light-client/verification`.
    ///
    /// - Parameters:
    ///   - untrusted: The block to verify. It may come from anywhere.
    ///   - options: Trust level, trusting period and clock drift.
    ///   - now: The time by which expiry and drift are judged.
    public func verify(_ untrusted: LightBlock, options: VerificationOptions, now: BlockTime) -> Verdict {
        do throws(LightClientError) {
            try header.check(timesOf: untrusted, options: options, now: now)
            if untrusted.height - 1 == header.height {
                try header.checkNames(untrusted)
            } else {
                try checkTrusts(untrusted, level: options.trustLevel)
            }
            // The last check, because an untrusted set may be made very large to cost time.
            try untrusted.checkIsSigned(chainID: header.chainID)
            return .success
        } catch {
            return error.code == .notEnoughTrust ? .notEnoughTrust(error) : .invalid(error)
        }
    }

    /// Demands that enough of the trusted validators signed a block.
    func checkTrusts(_ untrusted: LightBlock, level: TrustLevel) throws(LightClientError) {
        do throws(VerificationError) {
            try validators.verify(untrusted.signedHeader.commit, chainID: header.chainID, trusting: level)
        } catch {
            throw LightClientError(error, tooLittle: .notEnoughTrust)
        }
    }
}

extension LightBlock {
    /// Demands that the block is of a chain and that more than two thirds of its own power are behind it.
    func checkIsSigned(chainID: String) throws(LightClientError) {
        do throws(VerificationError) {
            try verify(chainID: chainID, .light)
        } catch {
            throw LightClientError(error, tooLittle: .invalidCommit)
        }
    }
}

extension Header {
    /// Demands that this header can still be trusted.
    func checkHasNotExpired(options: VerificationOptions, now: BlockTime) throws(LightClientError) {
        guard !options.hasExpired(time, now: now) else {
            throw LightClientError(
                .expired,
                "The trusted header of height \(height) is older than the trusting period \(options.trustingPeriod). "
                    + "Start a new client from a header that you trust for another reason."
            )
        }
    }

    /// Demands another block's chain, height and time to come after this trusted header's.
    fileprivate func check(
        timesOf untrusted: LightBlock,
        options: VerificationOptions,
        now: BlockTime
    ) throws(LightClientError) {
        try checkHasNotExpired(options: options, now: now)
        do throws(VerificationError) {
            try untrusted.signedHeader.check(chainID: chainID)
        } catch {
            throw LightClientError(.wrongChain, error.message, cause: error)
        }
        guard untrusted.height > height else {
            throw LightClientError(
                .wrongHeight,
                "The header of height \(untrusted.height) is not above the trusted one, \(height). Give a higher one."
            )
        }
        guard untrusted.time > time else {
            throw LightClientError(
                .wrongTime,
                "The header of height \(untrusted.height) is not later than the trusted one of height \(height). "
                    + "Time only grows on a chain, so ask another node."
            )
        }
        guard !options.isFromTheFuture(untrusted.time, now: now) else {
            throw LightClientError(
                .fromTheFuture,
                "The header of height \(untrusted.height) is ahead of now by \(options.maximumClockDrift) or more. "
                    + "Check the clock, or wait."
            )
        }
    }

    /// Demands that the next block has the validators that this header names for it.
    fileprivate func checkNames(_ next: LightBlock) throws(LightClientError) {
        guard next.signedHeader.header.validatorsHash == nextValidatorsHash else {
            throw LightClientError(
                .wrongHash,
                "The header of height \(next.height) has other validators than the header before it names. "
                    + "Ask another node."
            )
        }
    }
}
