import ModuleKit
import ModuleTesting
import PriceFeed
import PriceFeedEvents
import Testing

@Suite("Words of a price feed")
struct VocabularyTests {
    @Test("Every kind of event is listed under its number and name, and a stranger can read the description")
    func kinds() throws {
        let files = try Google_Protobuf_FileDescriptorSet(serializedBytes: PriceFeedEvent.descriptorSet).file
        let file = try #require(files.first { $0.name == "price_feed.proto" })
        let event = try #require(file.messageType.first { $0.name == "Event" })
        #expect(PriceFeedEvent.kinds.map { "\($0.number) \($0.name)" } == event.field.map { "\($0.number) \($0.name)" })
    }

    @Test("Users ask in JSON")
    func json() throws {
        let chain = try FeedChain(FeedChain.fixed(price: "0.5"))
        let time = chain.harness.block.time.nanoseconds
        let answer = try chain.harness.query(json: #"{"price":{"time_nanoseconds":"\#(time)"}}"#)
        #expect(answer.contains(#""price":"0.5""#) && answer.contains(#""is_fresh":true"#))
        #expect(throws: ModuleError.self) { try chain.harness.query(json: #"{"price":{"when":"now"}}"#) }
    }
}
