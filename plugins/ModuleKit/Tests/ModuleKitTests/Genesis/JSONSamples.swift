/// Documents for tests.
enum JSONSamples {
    /// The shape of a genesis file of a Cosmos chain, with made-up values.
    static let genesis = """
        {"genesis_time":"2019-03-13T23:00:00Z","chain_id":"test-1","initial_height":"1","app_hash":"","consensus_params":
        {"block":{"max_bytes":"200000","max_gas":"-1"}},"app_state":{"bank":{"send_enabled":true,"supply":[{"amount":
        "340282366920938463463374607431768211455","denom":"uatom"},{"denom":"uosmo","amount":7}],"denom_metadata":null},
        "staking":{"params":{"unbonding_time":"1814400s","max_validators":100},"delegations":[{"shares":
        "17447172179812.068655345578792708","rate":0.1}],"exported":false},"slashing":{"jailed_until":
        "1970-01-01T00:00:00Z","never":"0001-01-01T00:00:00Z","key":"EiQ=","label":"caf\\u00e9 \\ud83d\\ude00"}}}
        """
}
