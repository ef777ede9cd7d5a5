import ModuleKit
import Testing

@Suite("Denom, Coin and Coins")
struct CoinsTests {
    @Test(
        "Denominations of the Cosmos rule are accepted",
        arguments: [
            "uatom", "abc", "ATOM", "a1-", "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2",
            "factory/osmo1xyz/a.b:c_d-e", "a" + String(repeating: "1", count: 127),
        ]
    )
    func denoms(text: String) throws {
        #expect(try Denom(text).text == text)
    }

    @Test(
        "Other denominations are refused",
        arguments: [
            "", "ab", "1abc", "/abc", "a b", "ab\u{0}", "abcé", "a,bc", "a" + String(repeating: "1", count: 128),
        ]
    )
    func refusedDenoms(text: String) {
        #expect(code { try Denom(text) } == .invalidDenom)
    }

    @Test("A coin is an amount and at once a denomination")
    func coinText() throws {
        let coin = try Coin("123uatom")
        #expect(coin == Coin(123, try Denom("uatom")))
        #expect(coin.description == "123uatom")
    }

    @Test(
        "Other texts of coins are refused with the code of the part at fault",
        arguments: [
            ("", ModuleError.Code.invalidCoins), ("123", .invalidCoins), ("uatom", .invalidCoins),
            ("-1uatom", .invalidCoins),
            ("01uatom", .invalidAmount), ("1 uatom", .invalidDenom), ("1.5uatom", .invalidDenom),
            ("1ua", .invalidDenom),
            ("340282366920938463463374607431768211456uatom", .arithmeticOverflow),
        ]
    )
    func refusedCoins(text: String, expected: ModuleError.Code) {
        #expect(code { try Coin(text) } == expected)
    }

    @Test("Sets are canonical: sorted, each denomination once, nothing of zero")
    func canonical() throws {
        let coins = try Coins("1aaa,2bbb")
        #expect(coins.description == "1aaa,2bbb")
        #expect(try Coins("") == .empty)
        #expect(Coins(Coin(0, try Denom("aaa"))).isEmpty)
        for text in ["2bbb,1aaa", "1aaa,1aaa", "0aaa"] {
            #expect(code { try Coins(text) } == .invalidCoins)
        }
        for text in ["1aaa,", ",1aaa", "1aaa,,2bbb"] {
            #expect(code { try Coins(text) } != nil)
        }
    }

    @Test("Sums and differences keep the set canonical")
    func arithmetic() throws {
        let coins = try Coins("5aaa,5ccc")
        #expect(try coins.adding(Coins("1aaa,1bbb")).description == "6aaa,1bbb,5ccc")
        #expect(try coins.subtracting(Coins("5aaa,1ccc")).description == "4ccc")
        #expect(try coins.subtracting(coins) == .empty)
        #expect(coins.amount(of: try Denom("ccc")) == 5)
        #expect(coins.amount(of: try Denom("bbb")) == .zero)
        #expect(coins.contains(try Coins("5ccc")))
        #expect(!coins.contains(try Coins("1bbb")))
    }

    @Test("A shortage names its denomination")
    func shortage() throws {
        let coins = try Coins("5aaa")
        let error = failure { try coins.subtracting(Coins("1aaa,1bbb")) }
        #expect(error?.code == .arithmeticUnderflow)
        #expect(error?.message.hasPrefix("bbb: ") == true)
        let overflow = failure { try coins.adding(Coin(.max, Denom("aaa"))) }
        #expect(overflow?.code == .arithmeticOverflow)
        #expect(overflow?.message.hasPrefix("aaa: ") == true)
    }

    @Test("Adding and taking away agree with sums per denomination", arguments: propertySeeds)
    func properties(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        let denoms = try ["aaa", "bbb", "ccc", "ddd", "eee"].map { try Denom($0) }
        var coins = Coins.empty
        var sums = [UInt128](repeating: 0, count: denoms.count)
        for _ in 0..<500 {
            let index = generator.next(below: denoms.count)
            let amount = UInt128(generator.next(below: 50))
            let coin = Coin(Amount(amount), denoms[index])
            if generator.next(below: 2) == 0 {
                coins = try coins.adding(coin)
                sums[index] += amount
            } else if amount <= sums[index] {
                coins = try coins.subtracting(coin)
                sums[index] -= amount
            } else {
                #expect(code { try coins.subtracting(coin) } == .arithmeticUnderflow)
            }
            #expect(denoms.map { coins.amount(of: $0).units } == sums)
            #expect(try Coins(canonical: coins.elements) == coins)
        }
    }
}
