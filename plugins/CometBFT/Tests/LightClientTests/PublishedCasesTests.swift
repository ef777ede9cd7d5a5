import CometBFT
import LightClient
import Testing

@Suite("Published cases")
struct PublishedCasesTests {
    @Test("Every step of the 20 model-based cases has the published verdict")
    func agreesWithTheModel() throws {
        let cases = try Vectors.value("single-step.json")["cases"].elements
        #expect(cases.count == 20)
        var verdicts: [String] = []
        for value in cases {
            let initial = value["initial"]
            let period = try #require(Int64(initial["trusting_period"].string))
            let options = try VerificationOptions(trustingPeriod: .nanoseconds(period), maximumClockDrift: .zero)
            var trusted = try TrustedState(
                header: SignedHeader(rpc: initial["signed_header"]).header,
                validators: ValidatorSet(rpc: initial["next_validator_set"])
            )
            for (index, step) in value["steps"].elements.enumerated() {
                let verdict = try self.verdict(on: step, trusted: &trusted, options: options)
                verdicts.append(verdict)
                #expect(verdict == step["verdict"].string, "\(value["name"].string), step \(index)")
            }
        }
        #expect(verdicts.count == 62)
        #expect(Set(verdicts).count == 3)
    }

    private func verdict(
        on step: JSONValue,
        trusted: inout TrustedState,
        options: VerificationOptions
    ) throws -> String {
        // What can't even be read, such as a commit without entries, is invalid.
        guard
            let header = try? SignedHeader(rpc: step["signed_header"]),
            let validators = try? ValidatorSet(rpc: step["validator_set"]),
            let block = try? LightBlock(signedHeader: header, validators: validators)
        else { return "INVALID" }
        let now = try BlockTime(rfc3339: step["now"].string)
        let verdict = trusted.verify(block, options: options, now: now)
        if verdict.isSuccess {
            trusted = try TrustedState(
                header: header.header,
                validators: ValidatorSet(rpc: step["next_validator_set"])
            )
        }
        return verdict.name
    }

    @Test("Adjacent blocks of real chains verify from each other", arguments: [0, 2, 4])
    func verifiesRealChains(index: Int) throws {
        let blocks = try Vectors.value("real.json")["blocks"].elements.map {
            try LightBlock(
                signedHeader: SignedHeader(rpc: $0["signed_header"]),
                validators: ValidatorSet(rpc: $0["validator_set"])
            )
        }
        let options = try VerificationOptions(trustingPeriod: .seconds(3600))
        let now = blocks[index + 1].time
        let verdict = TrustedState(blocks[index]).verify(blocks[index + 1], options: options, now: now)
        #expect(verdict.isSuccess)
        #expect(blocks[index + 1].height == blocks[index].height + 1)
        var client = try LightClientState(trusting: blocks[index], options: options)
        let update = ClientUpdate(
            block: blocks[index + 1],
            trustedHeight: blocks[index].height,
            trustedValidators: blocks[index].validators
        )
        #expect(try client.apply(update, now: now) == .accepted)
    }

    @Test("A real chain is skipped along where enough of the old validators still sign")
    func skipsAlongARealChain() throws {
        let blocks = try Vectors.value("real.json")["blocks"].elements.prefix(4).map {
            try LightBlock(
                signedHeader: SignedHeader(rpc: $0["signed_header"]),
                validators: ValidatorSet(rpc: $0["validator_set"])
            )
        }
        let options = try VerificationOptions(trustingPeriod: .seconds(30 * 24 * 3600))
        #expect(TrustedState(blocks[0]).verify(blocks[2], options: options, now: blocks[3].time).isSuccess)
    }
}
