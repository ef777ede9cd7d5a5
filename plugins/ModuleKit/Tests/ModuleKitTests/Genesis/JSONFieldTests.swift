import ModuleKit
import Testing

@Suite("Fields of a JSON document")
struct JSONFieldTests {
    private let genesis: JSONValue

    init() throws {
        self.genesis = try JSONValue(parsing: JSONSamples.genesis)
    }

    @Test("Values are read as what they have to be")
    func values() throws {
        let state = genesis["app_state"]
        #expect(try genesis["chain_id"].string() == "test-1")
        #expect(try genesis["initial_height"].integer() == 1)
        #expect(try genesis["consensus_params"]["block"]["max_gas"].integer(as: Int64.self) == -1)
        #expect(try state["bank"]["send_enabled"].bool())
        #expect(try state["bank"]["supply"].coins().description == "\(Amount.max)uatom,7uosmo")
        #expect(try state["bank"]["denom_metadata"].coins() == .empty)
        #expect(try state["staking"]["params"]["unbonding_time"].timeSpan() == .days(21))
        #expect(try state["staking"]["params"]["max_validators"].integer(as: UInt16.self) == 100)
        let delegation = state["staking"]["delegations"][0]
        #expect(try delegation["shares"].decimal().description == "17447172179812.068655345578792708")
        #expect(try delegation["rate"].decimal().shortDescription == "0.1")
        #expect(try genesis["genesis_time"].timestamp().wholeSeconds == 1_552_518_000)
        #expect(try state["slashing"]["never"].timestampIfSet() == nil)
        #expect(try state["slashing"]["jailed_until"].timestampIfSet() == .epoch)
        #expect(try state["slashing"]["key"].base64() == [0x12, 0x24])
        #expect(try state["slashing"]["label"].string() == "café 😀")
        #expect(try state.members().map(\.name) == ["bank", "staking", "slashing"])
        #expect(try state["bank"]["supply"].array().map { try $0["denom"].denom().text } == ["uatom", "uosmo"])
    }

    @Test("Nothing and null are optional")
    func optional() {
        #expect(genesis["app_state"]["bank"]["denom_metadata"].optional == nil)
        #expect(genesis["app_state"]["nothing"]["at"][3]["all"].optional == nil)
        #expect(genesis["app_state"]["bank"].optional != nil)
    }

    @Test("Errors carry the path")
    func paths() {
        let cases: [(ModuleError.Code, String, () throws -> Void)] = [
            (.missingValue, "$.app_state.gov.params", { _ = try genesis["app_state"]["gov"]["params"].array() }),
            (.missingValue, "$.app_state.bank.supply[2].amount", { _ = try supply(2)["amount"].amount() }),
            (.missingValue, "$.app_state.bank.supply[-1]", { _ = try supply(-1).string() }),
            (.missingValue, "$[\"odd name\"][0]", { _ = try genesis["odd name"][0].bool() }),
            (.wrongKind, "$.app_state.bank.supply", { _ = try genesis["app_state"]["bank"]["supply"].string() }),
            (.wrongKind, "$.app_state.bank.supply[0]", { _ = try supply(0).amount() }),
            (.wrongKind, "$.chain_id", { _ = try genesis["chain_id"].bool() }),
            (.invalidValue, "$.chain_id", { _ = try genesis["chain_id"].integer() }),
            (.invalidValue, "$.app_state.bank.supply[0].amount", { _ = try supply(0)["amount"].integer() }),
            (
                .invalidValue, "$.consensus_params.block.max_gas",
                { _ = try genesis["consensus_params"]["block"]["max_gas"].amount() }
            ),
            (
                .invalidValue, "$.app_state.slashing.never",
                { _ = try genesis["app_state"]["slashing"]["never"].timestamp() }
            ),
            (.invalidValue, "$.chain_id", { _ = try genesis["chain_id"].base64() }),
        ]
        for (expected, path, read) in cases {
            let error = failure(read)
            #expect(error?.code == expected, "\(path)")
            #expect(error?.message.hasPrefix(path) == true, "\(error?.message ?? "no error")")
        }
    }

    @Test(
        "Integers are read only from their canonical digits",
        arguments: ["\"\"", "\"01\"", "\"+1\"", "\"-0\"", "-0", "1.0", "1e3", "\" 1\"", "256", "-1", "\"١\""]
    )
    func integers(text: String) throws {
        #expect(code { try JSONField(JSONValue(parsing: text)).integer(as: UInt8.self) } == .invalidValue)
    }

    @Test("Addresses are read as those of a chain and a role")
    func addresses() throws {
        let prefixes = try AddressPrefixes(account: "cosmos")
        let pool: JSONValue = ["address": "cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh"]
        #expect(try pool["address"].address(prefixes, as: .account) == Address(moduleName: "bonded_tokens_pool"))
        let error = failure { try pool["address"].address(prefixes, as: .consensus) }
        #expect(error?.code == .invalidValue)
        #expect(error?.message.hasPrefix("$.address: ") == true)
    }

    private func supply(_ index: Int) -> JSONField { genesis["app_state"]["bank"]["supply"][index] }
}
