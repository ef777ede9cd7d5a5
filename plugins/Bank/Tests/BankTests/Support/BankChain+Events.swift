import BankEvents
import ModuleKit

/// Short ways to say what tests have done.
extension BankChain {
    /// Claims the module account `pool` with every permission for the first pool, and gives an account coins from it.
    func fund(_ address: Address, _ coins: String) throws {
        try claim("pool", [.minter, .burner, .staking])
        try mint(coins, to: address, by: "pool")
    }

    func claim(
        _ name: String,
        domain: String? = nil,
        _ permissions: [BankPermission] = [],
        acceptsSends: Bool = false,
        by pool: Int = 0
    ) throws {
        let event = PoolEvent.with {
            $0.claimed.name = name
            if let domain { $0.claimed.domain = domain }
            $0.claimed.permissions = permissions.map { UInt32($0.rawValue) }
            $0.claimed.acceptsSends = acceptsSends
        }
        try record(event, by: pool)
    }

    func mint(_ coins: String, to: Address, by moduleAccount: String, pool: Int = 0) throws {
        try move(coins, from: nil, to: to, by: moduleAccount, pool: pool)
    }

    func burn(_ coins: String, from: Address, by moduleAccount: String, pool: Int = 0, signer: Address? = nil) throws {
        try move(coins, from: from, to: nil, by: moduleAccount, pool: pool, signer: signer)
    }

    func move(
        _ coins: String,
        from: Address?,
        to: Address?,
        _ purpose: PoolPurpose = .ordinary,
        by moduleAccount: String = "",
        pool: Int = 0,
        signer: Address? = nil,
        isPrivileged: Bool = true
    ) throws {
        let coins = try Coins(coins).proto
        let movement = PoolMovement.with {
            $0.fromAddress = from.map(text) ?? ""
            $0.toAddress = to.map(text) ?? ""
            $0.coins = coins
            $0.purpose = purpose
            $0.moduleAccount = moduleAccount
        }
        try record(
            .with {
                if isPrivileged {
                    $0.moved.movements = [movement]
                } else {
                    $0.movedUnprivileged.movements = [movement]
                }
            },
            by: pool,
            signer: signer
        )
    }

    func offset(_ denom: String, _ change: String, by moduleAccount: String, pool: Int = 0) throws {
        let event = PoolEvent.with {
            $0.offsetMoved.denom = denom
            $0.offsetMoved.change = change
            $0.offsetMoved.moduleAccount = moduleAccount
        }
        try record(event, by: pool)
    }

    func send(_ coins: String, from: Address, to: Address) throws {
        let coins = try Coins(coins).proto
        let message = BankMessage.with {
            $0.send.toAddress = text(to)
            $0.send.amount = coins
        }
        try send(message, from: from)
    }

    func multiSend(_ outputs: [(to: Address, coins: String)], from: Address) throws {
        var message = BankMessage.with { $0.multiSend = BankMultiSend() }
        for (to, coins) in outputs {
            let output = try BankOutput.with {
                $0.address = text(to)
                $0.coins = try Coins(coins).proto
            }
            message.multiSend.outputs.append(output)
        }
        try send(message, from: from)
    }
}
