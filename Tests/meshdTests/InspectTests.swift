import Crypto
import Foundation
import ModuleKit
import Testing

@Suite("meshd inspect")
struct InspectTests {
    @Test(
        "An end of a pairing shows its code, settings, admin, grants, peer and channel, and a fingerprint over all of it"
    )
    func end() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let outcome = try folder.succeed("inspect", "main-converter", "--home", chains.consumer, "--output", "json")
        let seen = try outcome.json
        #expect(seen["chain_id"].text == "cons-1")
        #expect(seen["module"].text == "converter")
        #expect(seen["interface_hash"].text.count == 64)
        #expect(seen["admin"].isNull)
        #expect(seen["configuration"]["remote_denom"].text == "uprov")
        #expect(seen["settings"]["remote_denom"].text == "uprov")
        #expect(seen["peer"]["connection_id"].text == "connection-0")
        #expect(seen["peer"]["port_id"].text.hasPrefix("mesh.prov1"))
        #expect(seen["channels"].elements.map { $0["state"].text } == ["open"])
        #expect(seen["channels"][0]["counterparty"]["channel_id"].text == "channel-1")
        // The fingerprint is what the help says.
        guard case .object(var members) = try JSONValue(parsing: outcome.output) else {
            throw CocoaError(.coderInvalidValue)
        }
        members["fingerprint"] = nil
        let digest = SHA256.hash(data: JSONValue.object(members).sortedByName().bytes())
        #expect(seen["fingerprint"].text == digest.map { String(format: "%02x", $0) }.joined())
        let text = try folder.succeed("inspect", "main-converter", "--home", chains.consumer).output
        #expect(text.contains("channel        channel-1 to mesh.prov1"), "\(text)")
        #expect(text.contains("admin          nobody, for good"))
        let address = seen["address"].text
        #expect(try folder.succeed("inspect", address, "--home", chains.consumer).output == text)
        let staking = try folder.succeed("inspect", "main-virtual-staking", "--home", chains.consumer).output
        #expect(staking.contains("grants         virtual-staking/mint up to 1,000,000,000\n"), "\(staking)")
        #expect(!staking.contains("peer"))
    }

    @Test("A fingerprint stays the same in normal life, and changes with everything that matters")
    func fingerprints() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        func fingerprint(_ instance: String) throws -> String {
            let provider = instance == "main-external-staking" || instance == "vault"
            let home = provider ? folder.home.path : chains.consumer
            return try folder.succeed("inspect", instance, "--home", home, "--output", "json").json["fingerprint"].text
        }
        let instances = [
            "vault", "main-external-staking", "main-converter", "main-virtual-staking", "main-price-feed",
        ]
        let before = try instances.map(fingerprint)
        #expect(Set(before).count == instances.count)
        try folder.succeed("cross-stake", try chains.validators[0], "5000000uprov", "--from", "alice")
        try chains.relay()
        #expect(try instances.map(fingerprint) == before)
        try folder.succeed(
            "tx",
            "grant",
            "main-virtual-staking",
            "virtual-staking/mint",
            "--cap",
            "7",
            "--from",
            "authority",
            "--home",
            chains.consumer
        )
        #expect(try fingerprint("main-virtual-staking") != before[3])
        try chains.closeChannel()
        #expect(try fingerprint("main-converter") != before[2])
        #expect(try fingerprint("main-external-staking") != before[1])
        #expect(try fingerprint("vault") == before[0])
    }

    @Test("An admin and a configuration are part of the fingerprint; what is not there is said to be not there")
    func changes() throws {
        let folder = try TestFolder.withChain()
        try folder.succeed(
            "tx",
            "deploy",
            "price-feed",
            "feed",
            "--settings",
            Self.feed("1"),
            "--admin",
            "alice",
            "--from",
            "alice"
        )
        func fingerprint() throws -> String {
            try folder.succeed("inspect", "feed", "--output", "json").json["fingerprint"].text
        }
        var seen = [try fingerprint()]
        try folder.succeed("tx", "reconfigure", "feed", Self.feed("2"), "--from", "alice")
        seen.append(try fingerprint())
        try folder.succeed("tx", "set-admin", "feed", "bob", "--from", "alice")
        seen.append(try fingerprint())
        try folder.succeed("tx", "clear-admin", "feed", "--from", "bob")
        seen.append(try fingerprint())
        #expect(Set(seen).count == 4)
        let missing = try folder.meshd("inspect", "nowhere")
        #expect(missing.exitCode == 3)
        #expect(missing.output.isEmpty)
    }

    private static func feed(_ hours: String) -> String {
        #"{"kind":"fixed","price":"1","maximum_age":"\#(hours)h"}"#
    }
}
