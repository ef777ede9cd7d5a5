import IBC
import StrictJSON
import Testing

@Suite("Calls by memo")
struct TransferHookTests {
    @Test("A memo with a contract and a message is a call")
    func call() throws {
        let memo = #"{"wasm":{"contract":"c1","msg":{"stake":{"amount":"5"}}},"other":1}"#
        let hook = try #require(try TransferHook(memo: memo, receiver: "c1"))
        #expect(hook.contract == "c1")
        #expect(JSONValue.object(hook.message).text() == #"{"stake":{"amount":"5"}}"#)
    }

    @Test("Other memos are left alone: none, plain text, JSON of other kinds, other members")
    func noCall() throws {
        for memo in ["", "hello", "5", "[]", "{}", #"{"forward":{}}"#, #"{"wasm"#, "\"wasm\"", "{\"wasm\":}"] {
            #expect(try TransferHook(memo: memo, receiver: "c1") == nil, "\(memo)")
        }
    }

    @Test("A memo that asks for a call in a wrong way fails the packet, and so does one that can be read in two ways")
    func wrongCall() {
        let deep = #"{"wasm":"# + String(repeating: "[", count: 100) + String(repeating: "]", count: 100) + "}"
        let cases = [
            #"{"wasm":null}"#, #"{"wasm":"c1"}"#, #"{"wasm":{}}"#, #"{"wasm":{"contract":"c1"}}"#,
            #"{"wasm":{"msg":{}}}"#, #"{"wasm":{"contract":"c1","msg":"{}"}}"#, #"{"wasm":{"contract":1,"msg":{}}}"#,
            #"{"wasm":{"contract":" ","msg":{}}}"#, #"{"wasm":{"contract":"c1","msg":{},"funds":[]}}"#,
            #"{"wasm":{"contract":"c2","msg":{}}}"#, #"{"wasm":{},"wasm":{"contract":"c1","msg":{}}}"#,
            #"{"wasm":{"contract":"c1","msg":{"a":1,"a":2}}}"#, deep,
        ]
        for memo in cases {
            #expect(code { _ = try TransferHook(memo: memo, receiver: "c1") } == .invalidHook, "\(memo)")
        }
    }

    @Test("The caller has the published address, of the channel and the sender together")
    func intermediary() throws {
        for vector in try Vectors.value("transfers.json")["intermediaries"].elements {
            let address = try TransferHook.intermediaryAddress(
                channel: ChannelID(vector["channel"].string),
                sender: vector["sender"].string
            )
            #expect(hex(address) == vector["address"].string)
        }
        let first = TransferHook.intermediaryAddress(channel: ChannelID(number: 1), sender: "a")
        #expect(first != TransferHook.intermediaryAddress(channel: ChannelID(number: 2), sender: "a"))
        #expect(first != TransferHook.intermediaryAddress(channel: ChannelID(number: 1), sender: "b"))
    }
}
