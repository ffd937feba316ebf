//! What references of the templates stand for here: what runs is what would be deployed, told where everything is.

use measure::deployment::{Deployment, name_of};

/// A reference that nothing here stands for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the template refers to {0}, which this runner does not know")]
pub struct UnknownReference(pub String);

/// What references of the template stand for.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// Where the queues are.
    pub queues: String,
    /// Where whatever else is, which nobody here listens to: buckets, sockets.
    pub elsewhere: String,
    /// The payment gateway.
    pub gateway: String,
}

impl Addresses {
    /// Variables as the template writes them, with every reference resolved.
    ///
    /// # Errors
    /// For a reference that is none of tables, queues, secrets, functions and parameters.
    pub fn variables(
        &self,
        variables: &[(String, String)],
        deployment: &Deployment,
    ) -> Result<Vec<(String, String)>, UnknownReference> {
        let resolved = |(name, value): &(String, String)| Ok((name.clone(), self.resolve(value, deployment)?));
        variables.iter().map(resolved).collect()
    }

    fn resolve(&self, value: &str, deployment: &Deployment) -> Result<String, UnknownReference> {
        let unknown = || UnknownReference(value.to_owned());
        if let Some(table) = value.strip_prefix("Data.Outputs.") {
            return Ok(table.to_owned());
        }
        if let Some(queue) = value.strip_prefix("Messaging.Outputs.").and_then(|output| output.strip_suffix("Url")) {
            let queue = deployment.queues.get(queue).ok_or_else(unknown)?;
            return Ok(format!("{}/000000000000/{}", self.queues, queue.name));
        }
        if let Some(secret) =
            value.strip_suffix(".Id").filter(|secret| deployment.secrets.iter().any(|known| known == secret))
        {
            return Ok(secret.to_owned());
        }
        if deployment.functions.contains_key(&name_of(value)) {
            return Ok(name_of(value));
        }
        match value {
            "PgUrl" => Ok(self.gateway.clone()),
            "MailFrom" => Ok("tickets@jari.local".to_owned()),
            "PublicUrl" => Ok("http://localhost:3000".to_owned()),
            "PushKey.PublicKey" => Ok("BNone".to_owned()),
            _ if value.contains("${WebSocketApi}") => Ok(format!("{}/sockets", self.elsewhere)),
            _ if value.starts_with("Storage.Outputs.") && value.ends_with("Bucket") => Ok("bucket".to_owned()),
            _ if value.starts_with("Storage.Outputs.") => Ok(format!("{}/images", self.elsewhere)),
            parameter => deployment.parameters.get(parameter).cloned().ok_or_else(unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(variables: &[(String, String)]) -> Result<Vec<(String, String)>, UnknownReference> {
        let [queues, elsewhere, gateway] = ["http://q", "http://e", "http://g"].map(str::to_owned);
        Addresses { queues, elsewhere, gateway }.variables(variables, Deployment::read().unwrap())
    }

    fn variables(function: &str) -> Vec<(String, String)> {
        resolved(&Deployment::read().unwrap().function(function).unwrap().variables).unwrap()
    }

    #[test]
    fn tables_and_secrets_are_found_under_the_names_of_their_resources() {
        let expected = [("BOOKING_TABLE", "BookingTable"), ("ADMISSION_SECRET_ARN", "AdmissionSecret")];
        let mut variables = variables("reserve-seats");
        variables.sort_by(|a, b| b.cmp(a));
        assert_eq!(variables, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn queues_and_called_functions_are_found_under_their_names() {
        let steer = variables("steer-queues");
        let steering = ("STEERING_QUEUE_URL".to_owned(), "http://q/000000000000/steering".to_owned());
        assert!(steer.contains(&steering), "{steer:?}");
        let request = variables("request-payment");
        assert!(request.contains(&("BEGIN_PAYMENT_FUNCTION".to_owned(), "begin-payment".to_owned())), "{request:?}");
    }

    #[test]
    fn what_nobody_knows_is_refused() {
        let nowhere = "Nowhere.Outputs.Thing".to_owned();
        assert_eq!(resolved(&[("X".to_owned(), nowhere.clone())]), Err(UnknownReference(nowhere)));
    }
}
