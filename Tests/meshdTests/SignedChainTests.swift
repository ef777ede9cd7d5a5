import CometBFT
import Foundation
import ICS23
import LightClient
import Testing

@Suite("meshd on a chain that validators sign")
struct SignedChainTests {
    @Test("--validators makes as many validators, with their keys, and every block has all their signatures")
    func devnet() throws {
        let folder = try TestFolder.signed(validators: 4)
        let report = try folder.succeed("audit", "verify", "--output", "json").json
        #expect(report["signed_blocks"].number == 3)
        let keys = try folder.succeed("keys", "list", "--output", "json").json["keys"].elements
        #expect(keys.map { $0["name"].text }.filter { $0.hasSuffix("-consensus") }.count == 4)
        let block = try folder.lightBlock(at: 2)
        #expect(block.validators.validators.map(\.power) == [100_000, 100_000, 100_000, 100_000])
        #expect(block.signedHeader.commit.signatures.allSatisfy { $0.flag == .commit })
        try block.verify(chainID: "mesh-devnet-1")
    }

    @Test("A light client that knows one block follows the chain by what meshd prints")
    func follow() throws {
        let folder = try TestFolder.signed(validators: 3)
        try folder.succeed("tx", "delegate", "validator-2", "50000000000umesh", "--from", "validator")
        for _ in 0..<3 { try folder.succeed("tx", "send", "validator-2", "1umesh", "--from", "validator") }
        let printed = PrintedBlocks(folder: folder)
        var client = try LightClientState(
            trusting: folder.lightBlock(at: 1),
            options: VerificationOptions(trustingPeriod: .seconds(86_400))
        )
        let last = try folder.lightBlock(at: nil)
        #expect(try client.update(to: last.height, now: last.time, from: printed) == .accepted)
        #expect(client.latest.height == 7)
        #expect(client.latest.validators.validators.map(\.power) == [150_000, 100_000, 100_000])
    }

    @Test("A proof that meshd prints verifies against the app hash in the next block's signed header, and only there")
    func proof() throws {
        let folder = try TestFolder.signed(validators: 2)
        let entry = try folder.succeed("query", "state", "bank", "balances", "--limit", "1", "--output", "json")
            .json["entries"][0]
        let printed = try folder.succeed(
            "query",
            "proof",
            "bank",
            "balances",
            entry["key"].text,
            "--height",
            "2",
            "--output",
            "json"
        )
        .json
        #expect(printed["value"].text == entry["value"].text)
        let proof = try MerkleProof(decoding: Array(try #require(Data(base64Encoded: printed["proof"].text))))
        let path = MerklePath(keys: printed["path"].elements.map { Array(hexadecimal: $0.text) })
        let value = Array(hexadecimal: entry["value"].text)
        let specs = [ProofSpec.smt, ProofSpec.tendermint]
        let header = try folder.lightBlock(at: 3).signedHeader.header
        try proof.verifyMembership(specs: specs, root: header.appHash, path: path, value: value)
        let earlier = try folder.lightBlock(at: 2).signedHeader.header
        #expect(throws: ICS23Error.self) {
            try proof.verifyMembership(specs: specs, root: earlier.appHash, path: path, value: value)
        }
        let absent = try folder.succeed("query", "proof", "bank", "balances", "00ff", "--output", "json").json
        #expect(absent["value"].isNull)
    }

    @Test("Only so many heights stay provable as a run was told, and the error names them")
    func pruning() throws {
        let folder = try TestFolder.signed(validators: 1)
        let empty = String(repeating: "{\"advance\":\"5s\"}\n{\"end_block\":true}\n", count: 4)
        try folder.succeed("run", "-", "--provable-heights", "1", input: empty)
        let key = ["query", "proof", "bank", "supply", "756d6573680000", "--height"]
        for height in ["6", "7"] { #expect(try folder.run(key + [height]).exitCode == 0) }
        let pruned = try folder.run(key + ["5"])
        #expect(pruned.exitCode == 4)
        #expect(pruned.errors.contains("only that at the heights 6 to 7"))
    }

    @Test("Without the consensus keys the chain stands still, and says why; with them it goes on")
    func lostKeys() throws {
        let folder = try TestFolder.signed(validators: 2)
        let key = folder.url.appendingPathComponent("home/keys/validator-2-consensus.json")
        let away = folder.url.appendingPathComponent("away.json")
        try FileManager.default.moveItem(at: key, to: away)
        let refused = try folder.meshd("tx", "send", "validator-2", "1umesh", "--from", "validator")
        #expect(refused.exitCode == 3)
        #expect(refused.errors.contains("restore the missing consensus keys"))
        try FileManager.default.moveItem(at: away, to: key)
        try folder.succeed("tx", "send", "validator-2", "1umesh", "--from", "validator")
    }

    @Test("A question for signatures that are not there says what there is")
    func unsigned() throws {
        let folder = try TestFolder.signed(validators: 1)
        for height in ["0", "99"] {
            let outcome = try folder.meshd("query", "commit", height)
            #expect(outcome.exitCode == 3)
            #expect(outcome.errors.contains("1 to 3"))
        }
        for count in ["0", "501", "-1"] {
            #expect(try folder.meshd("init", "--validators", count, "--home", folder.path("other")).exitCode == 2)
        }
    }
}

/// What `meshd query commit` and `meshd query validator-set` print, as a light client asks for it.
private struct PrintedBlocks: LightBlockProvider {
    let folder: TestFolder

    func lightBlock(at height: Int64?) throws(LightClientError) -> LightBlock {
        do {
            return try folder.lightBlock(at: height)
        } catch {
            throw LightClientError(.providerFailed, "meshd printed no block", cause: error)
        }
    }
}

extension TestFolder {
    /// A home with a devnet of some validators and three blocks.
    fileprivate static func signed(validators: Int) throws -> TestFolder {
        let folder = try TestFolder()
        try folder.succeed("init", "--validators", "\(validators)", "--genesis-time", "2026-01-01T00:00:00Z")
        for _ in 0..<3 { try folder.succeed("tx", "send", "validator", "1umesh", "--from", "validator") }
        return folder
    }

    /// A block as meshd prints it, read back.
    fileprivate func lightBlock(at height: Int64?) throws -> LightBlock {
        let place = height.map { ["\($0)"] } ?? []
        let commit = try run(["query", "commit"] + place + ["--output", "json"]).output
        let set = try run(["query", "validator-set"] + place + ["--output", "json"]).output
        return try LightBlock(
            signedHeader: CommitResponse(json: Array(commit.utf8)).signedHeader,
            validators: ValidatorSet(pages: [ValidatorsPage(json: Array(set.utf8))])
        )
    }
}

extension [UInt8] {
    fileprivate init(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
