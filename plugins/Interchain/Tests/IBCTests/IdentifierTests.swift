import IBC
import StrictJSON
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test("Every published client, connection and channel id is taken or refused as ICS-24 says")
    func published() throws {
        let cases = try Vectors.value("identifiers.json")["client_connection_channel_port"].elements
        #expect(cases.count == 12)
        for vector in cases {
            let id = vector["id"].string
            #expect(((try? ClientID(id)) != nil) == vector["valid"].isTrue, "client \(id)")
            #expect(((try? ConnectionID(id)) != nil) == vector["valid"].isTrue, "connection \(id)")
            #expect(((try? ChannelID(id)) != nil) == vector["valid"].isTrue, "channel \(id)")
            #expect(((try? PortID(id)) != nil) == vector["valid"].isTrue, "port \(id)")
        }
    }

    @Test("Every published port id is taken or refused as ICS-24 says")
    func publishedPorts() throws {
        let cases = try Vectors.value("identifiers.json")["port"].elements
        #expect(cases.count == 12)
        for vector in cases {
            let id = vector["id"].string
            #expect(((try? PortID(id)) != nil) == vector["valid"].isTrue, "port \(id)")
        }
    }

    @Test("Every kind has its own shortest and longest identifier")
    func lengths() {
        func taken(_ count: Int) -> [Bool] {
            let text = String(repeating: "a", count: count)
            return [
                (try? PortID(text)) != nil, (try? ChannelID(text)) != nil, (try? ClientID(text)) != nil,
                (try? ConnectionID(text)) != nil,
            ]
        }
        #expect(taken(1) == [false, false, false, false])
        #expect(taken(2) == [true, false, false, false])
        #expect(taken(7) == [true, false, false, false])
        #expect(taken(8) == [true, true, false, false])
        #expect(taken(9) == [true, true, true, false])
        #expect(taken(10) == [true, true, true, true])
        #expect(taken(64) == [true, true, true, true])
        #expect(taken(65) == [true, false, false, false])
        #expect(taken(128) == [true, false, false, false])
        #expect(taken(129) == [false, false, false, false])
    }

    @Test("Of the first 256 characters, only those that ICS-24 names may stand in an identifier")
    func characters() {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-#[]<>".unicodeScalars)
        for value in UInt32(0)..<256 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(((try? PortID("port\(scalar)")) != nil) == allowed.contains(scalar), "\(value)")
        }
    }

    @Test("Every published channel id gives its number, or none")
    func channelNumbers() throws {
        let cases = try Vectors.value("identifiers.json")["parse_channel_sequence"].elements
        #expect(cases.count == 10)
        for vector in cases {
            let number = (try? ChannelID(vector["channel_id"].string))?.number
            #expect(number == (vector["valid"].isTrue ? UInt64(vector["sequence"].string) : nil), "\(vector)")
        }
        #expect(try ChannelID("channel-00").number == nil)
        #expect(try ChannelID("channel-+1").number == nil)
        #expect(try ChannelID("channel-").number == nil)
    }

    @Test("Identifiers made by counting have their form, are valid, and give their number back")
    func numbered() throws {
        #expect(ClientID(number: 0).text == "07-tendermint-0")
        #expect(ConnectionID(number: 0).text == "connection-0")
        #expect(ChannelID(number: 0).text == "channel-0")
        for number in [0, 1, 9, 10, 1 << 40, UInt64.max] {
            #expect(ClientID(number: number).number == number)
            #expect(try ClientID(ClientID(number: number).text) == ClientID(number: number))
            #expect(try ConnectionID(ConnectionID(number: number).text).number == number)
            #expect(try ChannelID(ChannelID(number: number).text).number == number)
        }
        #expect(try ClientID("06-solomachine-3").number == nil)
    }

    @Test("An error quotes what came from outside escaped and cut")
    func quotes() throws {
        let evil = String(repeating: "\n\u{202E}'", count: 1000)
        let error = try #require(throws: IBCError.self) { _ = try ChannelID(evil) }
        #expect(error.code == .invalidIdentifier)
        #expect(error.message.utf8.count < 800)
        #expect(error.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }
}
