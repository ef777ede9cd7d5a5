public import ModuleKit

/// A vocabulary some of whose events move coins.
///
/// Modules do not call the bank. They record what happened, and the bank, which reacts to every vocabulary with this
/// trait, carries the movements out or vetoes the event:
///
///     extension VaultEvent: MovesCoins {
///         public var coinMovements: [CoinMovement] {
///             get throws(ModuleError) {
///                 guard case .deposited(let deposit) = event else { return [] }
///                 return [.transfer(try Coins(deposit.coins), from: try Address(bech32: deposit.owner), to: …)]
///             }
///         }
///     }
///
/// A movement is carried out only under these rules, which the bank checks:
/// - Coins leave an account that signed for the transaction, the emitting instance's own address, or a module account
///   that the emitting instance owns. Nobody has signed for a final event, nor for what reactions to one emit.
/// - Coins are created or destroyed on the word of a module account without a domain that the emitting instance owns and
///   that has the minter's or the burner's permission.
/// - In the genesis block no signature is needed, and an instance may create coins in accounts of its own.
public protocol MovesCoins: EventVocabulary {
    /// What this event moves, in this order; mostly nothing.
    var coinMovements: [CoinMovement] { get throws(ModuleError) }
}

/// One movement of coins: from an account to another, from nowhere (created), or to nowhere (destroyed).
public struct CoinMovement: Sendable, Hashable {
    /// What a movement means to a vesting account.
    public enum Purpose: Sendable, Hashable {
        /// Only vested coins can leave.
        case ordinary
        /// Coins are delegated: vesting ones may leave too, to a module account with the staking permission.
        case delegation
        /// Delegated coins come back, from a module account with the staking permission.
        case undelegation
    }

    /// The account that coins leave; nil when they are created.
    public let from: Address?
    /// The account that they reach; nil when they are destroyed.
    public let to: Address?
    /// What moves. Nothing moves when they are empty.
    public let coins: Coins
    /// What it means to a vesting account.
    public let purpose: Purpose
    /// The name of the module account on whose word coins are created or destroyed; nil for a transfer.
    public let moduleAccount: String?

    private init(
        from: Address?,
        to: Address?,
        coins: Coins,
        purpose: Purpose = .ordinary,
        by moduleAccount: String? = nil
    ) {
        self.from = from
        self.to = to
        self.coins = coins
        self.purpose = purpose
        self.moduleAccount = moduleAccount
    }

    /// Coins go from one account to another.
    public static func transfer(_ coins: Coins, from: Address, to: Address) -> CoinMovement {
        CoinMovement(from: from, to: to, coins: coins)
    }

    /// Coins go from a delegator to a pool.
    public static func delegation(_ coins: Coins, from delegator: Address, to pool: Address) -> CoinMovement {
        CoinMovement(from: delegator, to: pool, coins: coins, purpose: .delegation)
    }

    /// Coins come back from a pool to a delegator.
    public static func undelegation(_ coins: Coins, from pool: Address, to delegator: Address) -> CoinMovement {
        CoinMovement(from: pool, to: delegator, coins: coins, purpose: .undelegation)
    }

    /// Coins are created on the word of a module account, such as `mint`.
    public static func minting(_ coins: Coins, to: Address, by moduleAccount: String) -> CoinMovement {
        CoinMovement(from: nil, to: to, coins: coins, by: moduleAccount)
    }

    /// Coins are destroyed on the word of a module account, such as `bonded_tokens_pool`.
    public static func burning(_ coins: Coins, from: Address, by moduleAccount: String) -> CoinMovement {
        CoinMovement(from: from, to: nil, coins: coins, by: moduleAccount)
    }
}
