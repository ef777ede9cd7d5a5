internal import Foundation
import ModuleKit
import StakingEvents

/// A transaction of a genesis document (gentx): a validator that its operator signed up before the launch.
///
/// Two layouts are read: the protobuf JSON of SDK 0.40 and later, and the Amino JSON before it.
struct GenesisTransaction {
    /// The requests, each with its sender and its place.
    private(set) var requests: [(request: StakingCreateValidator, sender: Address, path: String)] = []
    private(set) var memo = ""
    private(set) var signatures: [Data] = []

    private let prefixes: AddressPrefixes

    init(_ field: JSONField, _ prefixes: AddressPrefixes, _ report: inout GenesisReport) throws(ModuleError) {
        self.prefixes = prefixes
        if field["body"].optional != nil {
            for message in try field["body"]["messages"].array() { try readProtobuf(message, &report) }
            memo = try field["body"]["memo"].optional?.string() ?? ""
            for signature in try field["signatures"].elementsOrNone() {
                signatures.append(Data(try signature.base64()))
            }
            return
        }
        let type = try field["type"].string()
        guard ["auth/StdTx", "cosmos-sdk/StdTx"].contains(type) else {
            throw field["type"].invalid("a genesis transaction has a body, or is an auth/StdTx")
        }
        let value = field["value"]
        for message in try value["msg"].array() { try readAmino(message, &report) }
        memo = try value["memo"].optional?.string() ?? ""
        for signature in try value["signatures"].elementsOrNone() {
            signatures.append(Data(try signature["signature"].base64()))
        }
    }

    private mutating func readProtobuf(_ message: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let type = try message["@type"].string()
        guard type == "/cosmos.staking.v1beta1.MsgCreateValidator" else {
            report.skip(
                "app_state.genutil.gen_txs[].body.messages[]",
                "only validators are created",
                example: message.path
            )
            return
        }
        try read(message)
    }

    private mutating func readAmino(_ message: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        guard try message["type"].string() == "cosmos-sdk/MsgCreateValidator" else {
            report.skip("app_state.gentxs[].value.msg[]", "only validators are created", example: message.path)
            return
        }
        try read(message["value"])
    }

    /// The fields have the same names in both layouts.
    private mutating func read(_ message: JSONField) throws(ModuleError) {
        let sender = try message["validator_address"].address(prefixes, as: .validatorOperator)
        let delegator = message["delegator_address"]
        if let text = try delegator.optional?.string(), !text.isEmpty {
            guard try delegator.address(prefixes, as: .account) == sender else {
                throw delegator.invalid("it is another account than the validator's operator; both must be one")
            }
        }
        var request = StakingCreateValidator()
        request.description_p = try ValidatorFormat.description(message["description"])
        request.commission.rate = try message["commission"]["rate"].decimal().description
        request.commission.maxRate = try message["commission"]["max_rate"].decimal().description
        request.commission.maxChangeRate = try message["commission"]["max_change_rate"].decimal().description
        request.minSelfDelegation = try message["min_self_delegation"].optional?.amount().description ?? "1"
        request.consensusKey = Data(try ValidatorFormat.consensusKey(message["pubkey"], prefixes))
        request.value.denom = try message["value"]["denom"].string()
        request.value.amount = try message["value"]["amount"].amount().description
        requests.append((request, sender, message.path))
    }
}
