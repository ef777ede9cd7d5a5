import ConverterEvents
import ModuleKit

/// What a transfer says of its tokens: a call of External Staking that shares them out.
///
///     {"wasm":{"contract":"osmo1…","msg":{"distribute_rewards":{"validators":[{"validator":"…","reward":"7"}]}}}}
struct RewardMemo {
    /// External Staking's account, as the provider writes it.
    let contract: String
    /// Whose the tokens are.
    let parts: [ConverterRewardPart]

    /// The memo.
    var text: String {
        let validators = parts.map { part -> JSONValue in
            ["validator": .string(part.validator), "reward": .string(part.amount)]
        }
        let message: JSONValue = ["distribute_rewards": ["validators": .array(validators)]]
        let document: JSONValue = ["wasm": ["contract": .string(contract), "msg": message]]
        return document.text()
    }
}
