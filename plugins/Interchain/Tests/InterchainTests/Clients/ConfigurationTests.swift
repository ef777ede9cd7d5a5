import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// The settings of an instance.
struct ConfigurationTests {
    @Test("The authority is recorded, and may be left out")
    func takesAuthority() throws {
        let text = try Address.named("governance").text(prefix: "cosmos")
        let harness = try harness(#"{"authority":"\#(text)"}"#)
        try harness.nextBlock()
        #expect(try harness.module.authority.value(in: harness.state) == Address.named("governance"))

        let without = try self.harness("{}")
        try without.nextBlock()
        #expect(try without.module.authority.value(in: without.state) == nil)
    }

    @Test(
        "Settings that are unknown, or can't be what they have to be, are refused",
        arguments: [
            #"{"governor":"x"}"#, #"{"authority":""}"#, #"{"authority":1}"#, #"{"authority":null}"#,
            #"{"authority":"osmo1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqmcn030"}"#, "[]", "null",
        ]
    )
    func refuses(settings: String) throws {
        let harness = try harness(settings)
        let error = try #require(throws: HarnessError.self) { try harness.nextBlock() }
        #expect(error.code == .givenFailed)
    }

    private func harness(_ settings: String) throws -> ModuleHarness<Interchain> {
        let configuration = try JSONValue(parsing: settings)
        return try ModuleHarness(Interchain(), options: HarnessOptions { $0.configuration = configuration })
    }
}
