import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import Vault
import VaultEvents

@Suite("What local staking refuses")
struct RefusalTests {
    private func staked() throws -> LocalChain {
        let chain = try LocalChain()
        try chain.bond(1_000, from: chain.alice)
        try chain.stake(400, at: 0, from: chain.alice).thenSucceeded()
        return chain
    }

    @Test("Zero, another denomination, malformed amounts and addresses, and more than is staked")
    func refusesBadAmounts() throws {
        let chain = try staked()
        try chain.unstake(0, from: 0, by: chain.alice).thenFailed(.wrongStake)
        try chain.restake(0, from: 0, to: 1, by: chain.alice).thenFailed(.wrongStake)
        try chain.unstake(401, from: 0, by: chain.alice).thenFailed(.stakeTooSmall)
        try chain.restake(401, from: 0, to: 1, by: chain.alice).thenFailed(.stakeTooSmall)
        try chain.unstake(1, from: 1, by: chain.alice).thenFailed(.stakeTooSmall)
        var message = LocalStakingMessage.with {
            $0.unstake.validator = chain.operatorText(0)
            $0.unstake.amount = .stake(1)
        }
        message.unstake.amount.denom = "other"
        try chain.harness.when(message, from: chain.alice).thenFailed(.wrongStake)
        message.unstake.amount = .stake(1)
        message.unstake.amount.amount = "-1"
        try chain.harness.when(message, from: chain.alice).thenFailed(.invalidAmount)
        message.unstake.amount.amount = "1"
        message.unstake.validator = chain.text(chain.alice)
        try chain.harness.when(message, from: chain.alice).thenFailed(.wrongAddressPrefix)
        message.unstake.validator = "nobody"
        try chain.harness.when(message, from: chain.alice).thenFailed(.invalidBech32)
        try chain.harness.when(LocalStakingMessage(), from: chain.alice).thenFailed(.unknownMessage)
        try chain.finish()
    }

    @Test("A stranger has no stake to move, and nothing to release")
    func refusesStrangers() throws {
        let chain = try staked()
        try chain.unstake(1, from: 0, by: chain.bob).thenFailed(.stakeTooSmall)
        try chain.restake(1, from: 0, to: 1, by: chain.bob).thenFailed(.stakeTooSmall)
        try chain.release(by: chain.bob).thenEmittedNothing()
        #expect(try chain.lien(of: chain.alice) == "400")
        try chain.finish()
    }

    @Test("A vault that the settings do not name gets no lien, and its request fails as a whole")
    func refusesUnnamedVaults() throws {
        for name in ["desk", "nothing", "bank"] {
            let chain = try LocalChain(
                configuration: ["vault": .string(name), "slash_ratio": ["double_sign": "0.2", "offline": "0.1"]]
            )
            try chain.bond(1_000, from: chain.alice)
            try chain.stake(400, at: 0, from: chain.alice).thenFailed(.vaultNotNamed)
            #expect(try chain.vaultAccount(of: chain.alice).liens.isEmpty)
            try chain.finish()
        }
    }

    @Test("A vault can be named by its address")
    func findsVaultByAddress() throws {
        let address = try Address(moduleName: "vault").text(prefix: "cosmos")
        let chain = try LocalChain(
            configuration: ["vault": .string(address), "slash_ratio": ["double_sign": "0.2", "offline": "0.1"]]
        )
        try chain.bond(1_000, from: chain.alice)
        try chain.stake(400, at: 0, from: chain.alice).thenSucceeded()
        try chain.finish()
    }

    @Test("A lien for stake of another chain is refused")
    func refusesRemoteLiens() throws {
        let chain = try staked()
        try chain.bond(1_000, from: chain.bob)
        let message = VaultMessage.with {
            $0.stakeRemote.holder = "local-staking"
            $0.stakeRemote.validator = chain.operatorText(0)
            $0.stakeRemote.amount = .stake(10)
        }
        try chain.harness.when(message, to: Vault.self, from: chain.bob).thenFailed(.vaultNotNamed)
        try chain.finish()
    }

    @Test("A request of zero, or of coins that can't be staked, takes nothing")
    func refusesBadRequests() throws {
        let chain = try staked()
        let account = chain.text(try chain.harness.identity.address)
        let request = VaultEvent.with {
            $0.lienRequested.transaction = 77
            $0.lienRequested.owner = chain.text(chain.alice)
            $0.lienRequested.holder = 1
            $0.lienRequested.validator = chain.operatorText(0)
            $0.lienRequested.amount = .stake(0)
            $0.lienRequested.purpose = .local
            $0.lienRequested.holderAddress = account
            $0.lienRequested.moduleAccount = "vault:\(chain.vault)"
        }
        try chain.harness.when(recording: [request], of: Vault.self).thenFailed(.wrongStake)
    }

    @Test(
        "Settings: both are needed, ratios are at most one, and nothing else is known"
    )
    func checksConfiguration() throws {
        let ratio: JSONValue = ["double_sign": "0.2", "offline": "0.1"]
        let cases: [(JSONValue, String)] = [
            ([:], "vault"), (["vault": "vault"], "slash_ratio"),
            (["vault": "vault", "slash_ratio": ["double_sign": "0.2"]], "offline"),
            (["vault": "vault", "slash_ratio": ["double_sign": "1.1", "offline": "0.1"]], "double_sign"),
            (["vault": "vault", "slash_ratio": ["double_sign": "-1", "offline": "0.1"]], "double_sign"),
            (["vault": "vault", "slash_ratio": ratio, "other": "1"], "other"),
            (["vault": "vault", "slash_ratio": ["double_sign": "0", "offline": "0", "x": "1"]], "x"),
        ]
        for (configuration, place) in cases {
            let error = #expect(throws: HarnessError.self) { try LocalChain(configuration: configuration) }
            #expect(error?.description.contains(place) == true, "\(error?.description ?? "")")
        }
        let chain = try staked()
        let settings = try chain.harness.query(.with { $0.settings = .init() }).settings
        #expect(settings.vault == "vault" && settings.slashRatio.doubleSign == "0.2")
        #expect(settings.account == chain.text(try chain.harness.identity.address))
    }

    @Test("Every kind of event in the oneof is listed under its number and name, and one is privileged")
    func listsKinds() throws {
        let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: LocalStakingEvent.descriptorSet)
        let file = try #require(set.file.first { $0.name == "local_staking.proto" })
        let event = try #require(file.messageType.first { $0.name == "Event" })
        let listed = LocalStakingEvent.kinds.map { "\($0.number) \($0.name)" }
        #expect(listed == event.field.sorted { $0.number < $1.number }.map { "\($0.number) \($0.name)" })
        let privileged = LocalStakingEvent.kinds.filter { $0.privilege != nil }
        #expect(privileged.map(\.name) == ["forfeit_recalled"])
        #expect(privileged.map(\.privilege?.name) == ["local-staking/undelegate-at-once"])
    }
}
