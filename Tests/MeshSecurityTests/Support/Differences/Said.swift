/// Packets of ours as the table has them, in the reference's words.
enum Said {
    static let success = #"{"result":"e30="}"#

    static func stake(_ user: String, _ validator: String, _ amount: Int, transaction: Int) -> String {
        #"{"stake":{"delegator":"\#(user)","validator":"\#(validator)","#
            + #""stake":{"denom":"uosmo","amount":"\#(amount)"},"tx_id":\#(transaction)}}"#
    }

    static func distribution(_ amount: Int, at validator: String) -> String {
        #"{"distribute_batch":{"rewards":[{"validator":"\#(validator)","reward":"\#(amount)"}],"denom":"ujuno"}}"#
    }

    static func payment(_ amount: Int, to recipient: String, transaction: UInt64) -> String {
        #"{"transfer_rewards":{"rewards":{"denom":"ujuno","amount":"\#(amount)"},"#
            + #""recipient":"\#(recipient)","tx_id":\#(transaction)}}"#
    }

    static func handBack(_ user: String, _ validator: String, _ native: Int, of amount: Int) -> String {
        #"{"internal_unstake":{"delegator":"\#(user)","validator":"\#(validator)","#
            + #""normalize_amount":{"denom":"ujuno","amount":"\#(native)"},"#
            + #""inverted_amount":{"denom":"uosmo","amount":"\#(amount)"}}}"#
    }

    /// News of validators; a block has five seconds.
    static func validators(
        at height: Int,
        additions: [String] = [],
        jailed: [String] = [],
        tombstoned: [String] = [],
        slashed: String = ""
    ) -> String {
        let added = additions.map { #"{"valoper":"\#($0)","pub_key":"TODO"}"# }.joined(separator: ",")
        return #"{"valset_update":{"height":\#(height),"time":\#(1_700_000_000 + 5 * (height - 100)),"#
            + #""additions":[\#(added)],"removals":[],"updated":[],"jailed":[\#(names(jailed))],"unjailed":[],"#
            + #""tombstoned":[\#(names(tombstoned))],"slashed":[\#(slashed)]}}"#
    }

    static func slash(_ validator: String, since height: Int, power: Int, _ amount: Int, ratio: String) -> String {
        let zeros = String(repeating: "0", count: 20 - ratio.count)
        return #"{"address":"\#(validator)","infraction_height":\#(height),"infraction_time":0,"power":\#(power),"#
            + #""slash_amount":{"denom":"uosmo","amount":"\#(amount)"},"slash_ratio":"\#(ratio)\#(zeros)"}"#
    }

    private static func names(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ",") }
}
