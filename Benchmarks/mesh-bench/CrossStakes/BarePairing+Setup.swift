import Bank
import Converter
import ExternalStaking
import Foundation
import IBC
import InterchainEvents
import MeshHost
import ModuleKit
import NativeStaking
import PriceFeed
import Vault
import VirtualStaking

/// Setting a pairing up, in the order of the source document.
extension BarePairing {
    /// The modules of both chains; a stand-in takes Interchain's place.
    static func registry() throws -> ModuleRegistry {
        try ModuleRegistry(
            Bank(),
            NativeStaking(),
            PacketExchange(),
            Vault(),
            ExternalStaking(),
            PriceFeed(),
            Converter(),
            VirtualStaking()
        )
    }

    /// Deploys both sides; Virtual Staking may mint as much as there is.
    func deploy(epochBlocks: UInt64) throws {
        let feed: JSONValue = ["kind": "fixed", "price": "1", "maximum_age": "87600h0m0s"]
        var converter = JSONObject()
        converter["price_feed"] = .string(Self.priceFeed)
        converter["virtual_staking"] = .string(Self.virtualStaking)
        converter["remote_denom"] = "uprov"
        let minting: JSONValue = [
            "converter": .string(Self.converter), "epoch": .number(JSONNumber(epochBlocks)),
        ]
        try step(onConsumer: [
            deployment("price-feed", Self.priceFeed, feed, on: consumer),
            deployment("converter", Self.converter, .object(converter), on: consumer),
            deployment("virtual-staking", Self.virtualStaking, minting, on: consumer),
        ])
        let external: JSONValue = [
            "vault": "vault", "rewards_denom": "ucons", "unbonding_period": "504h0m0s",
            "slash_ratio": ["double_sign": "0.05", "offline": "0.01"],
            "remote_endpoint": ["connection": "connection-0", "port": .string(try consumer.port(of: Self.converter))],
        ]
        try step([deployment("external-staking", Self.externalStaking, external, on: provider)])
        let port = try provider.port(of: Self.externalStaking)
        converter["remote_endpoint"] = ["connection": "connection-0", "port": .string(port)]
        let reconfiguration = HostMessage.with {
            $0.reconfigure.instance = Self.converter
            $0.reconfigure.configuration = JSONValue.object(converter).text()
        }
        let grant = HostMessage.with {
            $0.grant.instance = Self.virtualStaking
            $0.grant.privilege = "virtual-staking/mint"
            $0.grant.cap = "1000000000000000"
        }
        try step(onConsumer: [
            BareMessage(reconfiguration, to: "host", from: consumer.authority),
            BareMessage(grant, to: "host", from: consumer.authority),
        ])
    }

    private func deployment(_ module: String, _ label: String, _ configuration: JSONValue, on chain: BareChain) throws
        -> BareMessage
    {
        let message = HostMessage.with {
            $0.deploy.module = module
            $0.deploy.label = label
            $0.deploy.configuration = configuration.text()
            $0.deploy.admin = chain.text(chain.authority)
        }
        return try BareMessage(message, to: "host", from: chain.authority)
    }

    /// Opens the control channel, and has the provider told of the validators.
    func openChannel() throws {
        let (here, there) = (try consumer.port(of: Self.converter), try provider.port(of: Self.externalStaking))
        let request = InterchainMessage.with {
            $0.channelOpenInit.portID = here
            $0.channelOpenInit.connectionID = "connection-0"
            $0.channelOpenInit.ordering = .unordered
            $0.channelOpenInit.counterpartyPortID = there
        }
        try step(onConsumer: [BareMessage(request, to: interchainModuleName, from: consumer.authority)])
        let proposed = try version(of: here, on: consumer)
        let answer = InterchainMessage.with {
            $0.channelOpenTry.portID = there
            $0.channelOpenTry.connectionID = "connection-0"
            $0.channelOpenTry.ordering = .unordered
            $0.channelOpenTry.counterparty.portID = here
            $0.channelOpenTry.counterparty.channelID = PacketExchange.channelID
            $0.channelOpenTry.counterpartyVersion = proposed
        }
        try step([BareMessage(answer, to: interchainModuleName, from: provider.authority)])
        let agreed = try version(of: there, on: provider)
        let acceptance = InterchainMessage.with {
            $0.channelOpenAck.portID = here
            $0.channelOpenAck.channelID = PacketExchange.channelID
            $0.channelOpenAck.counterpartyChannelID = PacketExchange.channelID
            $0.channelOpenAck.counterpartyVersion = agreed
        }
        let confirmation = InterchainMessage.with {
            $0.channelOpenConfirm.portID = there
            $0.channelOpenConfirm.channelID = PacketExchange.channelID
        }
        try step(
            [BareMessage(confirmation, to: interchainModuleName, from: provider.authority)],
            onConsumer: [BareMessage(acceptance, to: interchainModuleName, from: consumer.authority)]
        )
        try settle()
    }

    private func version(of port: String, on chain: BareChain) throws -> String {
        let query = InterchainQuery.with {
            $0.channel.portID = port
            $0.channel.channelID = PacketExchange.channelID
        }
        return try chain.query(query, of: interchainModuleName).channel.end.version
    }
}
