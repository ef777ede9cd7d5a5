import BankEvents
import MeshHost
public import ModuleKit

/// Asking a chain what it holds after its last block.
extension SandboxChain {
    /// Asks an instance a typed question.
    ///
    /// - Throws: `chainDown`; `refused`, with the module's error as the cause.
    public func query<Query: QueryVocabulary>(_ query: Query, of instance: String) throws(SandboxError) -> Query.Answer
    {
        let host = try host()
        return try SandboxError.asking("a question to '\(instance)'") { () throws(ModuleError) in
            try host.query(query, of: instance)
        }
    }

    /// Asks an instance a question in JSON, and gets the answer in JSON.
    ///
    /// - Throws: `chainDown`; `refused`, with the module's error as the cause.
    public func query(json: String, of instance: String) throws(SandboxError) -> String {
        let host = try host()
        return try SandboxError.asking("a question to '\(instance)'") { () throws(ModuleError) in
            try host.query(instance, json: json)
        }
    }

    /// What an account holds of a denomination.
    ///
    /// - Parameter name: an account of this sandbox.
    /// - Throws: `chainDown`; `refused`.
    public func balance(of name: String, _ denom: String) throws(SandboxError) -> Amount {
        let address = try address(of: name)
        let answer = try query(
            BankQuery.with {
                $0.balance.address = address
                $0.balance.denom = denom
            },
            of: "bank"
        )
        return try SandboxError.asking("the balance of '\(name)'") { () throws(ModuleError) in
            try Amount(answer.balance.amount)
        }
    }

    /// Everything that must hold of the chain's state and does not, one line each; empty on a sound chain.
    ///
    /// - Throws: `chainDown`; `refused` when the state can't be read.
    public func invariantViolations() throws(SandboxError) -> [String] {
        let host = try host()
        return try SandboxError.asking("the check of invariants") { () throws(ModuleError) in
            try host.invariantViolations().map { "\($0.instance.label): \($0.violation)" }
        }
    }
}
