import type { Texts } from "../en";
import account from "./account.json";
import catalogue from "./catalogue.json";
import common from "./common.json";
import sale from "./sale.json";

// A text that is missing here does not compile.
const ko: Texts = { common, catalogue, sale, account };

export default ko;
